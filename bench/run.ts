// npm run bench [-- --short --people 10000] [name …]: runs the benches one after another and prints their figures. Exit code 1 when something was lost or went wrong; a goal of
// speed that is missed is only said, for it depends on the machine.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './figures.ts';
import { adCreates } from './connectors/ad-creates.ts';
import { connectors } from './connectors/connectors.ts';
import { coldstart } from './coldstart/coldstart.ts';
import { containment } from './containment.ts';
import { host } from './host/host.ts';
import { ingest } from './ingest.ts';
import { joiner } from './joiner.ts';
import { sweep } from './sweep.ts';

const benches: readonly Bench[] = [ingest, joiner, containment, sweep, connectors, adCreates, host, coldstart];

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false }, people: { type: 'string' } },
  allowPositionals: true,
});
const people = values.people === undefined ? undefined : Number(values.people);
if (people !== undefined && !(Number.isInteger(people) && people >= 60)) {
  console.error('--people: has to be a whole number from 60 on.');
  process.exit(1);
}
const strangers = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (strangers.length > 0) {
  console.error(`There is no bench “${strangers.join('”, “')}”. Choose from: ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
console.log(`Node ${process.version}, ${availableParallelism()} processors${values.short ? ', short' : ''}`);
for (const bench of benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(`\n${bench.name}: ${bench.does}`);
  const { figures, failures } = await bench.run({ short: values.short, people });
  const width = Math.max(18, ...figures.map(([name]) => name.length + 1));
  for (const [name, value] of figures) console.log(`  ${name.padEnd(width)}${value}`);
  for (const failure of failures) console.error(`  WRONG: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}
