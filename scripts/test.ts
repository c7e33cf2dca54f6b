// npm test: runs the tests that this machine can run and says what it left out. `--no-skips` makes anything left out a failure, `--full` has campaigns and tables their
// full size (test/support/full-size.ts);
// every other argument goes to vitest, so that `npm test -- test/host` runs one folder.
import { join } from 'node:path';
import process from 'node:process';
import { parseCLI, startVitest } from 'vitest/node';
import type { Vitest } from 'vitest/node';
import { findSystemPackages, packagesUsedIn } from './system-packages.ts';

// What the tests start again and again is compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '..', 'node_modules', '.cache', 'node-compile');
const args = process.argv.slice(2);
const isSkippingForbidden = args.includes('--no-skips');
if (args.includes('--full')) process.env['GATEHOUSE_TEST_FULL'] = 'yes';
const { filter, options } = parseCLI(['vitest', 'run', ...args.filter((argument) => !['--no-skips', '--full'].includes(argument))]);

const vitest = await startVitest(filter, options);
await vitest.close();
// With -t every test of another name counts as skipped, which is what was asked for.
const skipped = options.testNamePattern ? [] : namesOfSkippedTests(vitest);
const missing = missingPackages();
if (skipped.length > 0) console.log(`Skipped tests:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
for (const advice of missing) console.log(advice);
if (isSkippingForbidden && skipped.length + missing.length > 0) {
  console.error('Nothing may be skipped here (--no-skips).');
  process.exitCode = 1;
}

function namesOfSkippedTests({ state }: Vitest): readonly string[] {
  const modules = state.getTestModules();
  return modules.flatMap((module) =>
    Array.from(module.children.allTests('skipped'), (test) => `${module.relativeModuleId}: ${test.fullName}`),
  );
}

function missingPackages(): readonly string[] {
  const found = findSystemPackages();
  return packagesUsedIn('test')
    .filter(({ setting }) => !found[setting])
    .map(({ name, install, setting }) => `${name} is missing: apt-get install ${install}, or set ${setting} to where it is.`);
}
