import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { durableFunctions } from '../../host/durable/call-function.ts';
import type { DurableFunctions } from '../../host/durable/call-function.ts';
import { raiseEvent, startInstance } from '../../host/durable/commands.ts';
import { createAppRegistry } from '../../host/worker/app-registry.ts';
import { installFunctionsCore } from '../../host/worker/functions-core.ts';
import { loadApp } from '../../host/worker/load-app.ts';
import { type Random, randomFrom } from '../support/campaign-random.ts';
import { type Command, CutRun, type End, type Moment, tear, turnBack } from './kills/cut-run.ts';
import { kinds, predictionOf } from './kills/kinds.ts';
import { scratchFolder } from './support/host-process.ts';

const app = resolve(import.meta.dirname, 'apps/mixed');
const scratch = scratchFolder();
const seed = Number(process.env['GATEHOUSE_TEST_SEED'] ?? Math.floor(Math.random() * 1_000_000));
let functions: DurableFunctions;

beforeAll(async () => {
  process.env['EFFECTS'] = join(scratch.path, 'effects');
  writeFileSync(process.env['EFFECTS'], '\n');
  const registry = createAppRegistry();
  installFunctionsCore(registry);
  await loadApp(registry, app, [join(app, 'main.ts')]);
  functions = durableFunctions(registry, () => [], undefined);
});
afterAll(() => scratch.remove());

const start =
  (name: string, id: string, input: unknown): Command =>
  (hub) =>
    startInstance(hub, { name, id, version: undefined, input: JSON.stringify(input) });
const say =
  (word: string): Command =>
  (hub) =>
    raiseEvent(hub, 'listener', 'Word', JSON.stringify(word));

/** Two instances of each kind and one that listens, with what they must come to; sub-orchestrations are not listed. */
function script(random: Random): { readonly commands: readonly Command[]; readonly expected: End } {
  const asked = kinds.flatMap((kind) =>
    [1, 2].map((number) => ({ kind: kind.name, id: `${kind.name}-${number}`, input: kind.input(random) })),
  );
  const starts = asked.map(({ kind, id, input }) => start(kind, id, input));
  const words = [start('events', 'listener', null), say('one'), say('two'), say('end')];
  const expected = asked.map(({ kind, id, input }) => [id, `Completed ${JSON.stringify(predictionOf(kind, id, input).output)}`] as const);
  return { commands: [...starts, ...words], expected: { ...Object.fromEntries(expected), listener: 'Completed ["one","two"]' } };
}

/** Gives every third moment a piece of the next commit in its log. */
function tearSome(moments: readonly Moment[], random: Random): void {
  for (const [at, moment] of moments.entries()) {
    const later = moments[at + 1];
    if (at % 3 === 1 && later !== undefined && later.logBytes > moment.logBytes)
      tear(moment, later, moment.logBytes + 1 + random.below(later.logBytes - moment.logBytes - 1));
  }
}

it(`cut off after any commit, or in the middle of writing one, and taken up again, even with a clock that was put back, a run comes to the same end (GATEHOUSE_TEST_SEED=${seed})`, async () => {
  const random = randomFrom(seed);
  const { commands, expected } = script(random);
  const run = new CutRun(functions, commands);
  const whole = await run.play(join(scratch.path, 'whole'), 0, join(scratch.path, 'moments'));
  expect(whole.end).toMatchObject(expected);
  const named = (end: End): End => Object.fromEntries(Object.entries(end).filter(([id]) => !id.includes(':')));
  tearSome(whole.moments, random);
  expect(whole.moments.length).toBeGreaterThan(15);
  for (const [at, moment] of whole.moments.entries()) {
    if (at % 2 === 1) turnBack(moment);
    const { folder, given } = moment;
    const { end } = await run.play(folder, given);
    expect(named(end), `cut at ${folder}`).toEqual(named(whole.end));
    expect(Object.values(end).toSorted()).toEqual(Object.values(whole.end).toSorted());
  }
});
