import { predictionOf } from './kinds.ts';
import type { Asked, Asks, Listener } from './mixed-load.ts';

/** An instance as the durable HTTP API lists it. */
export type SeenInstance = { readonly instanceId: string; readonly name: string; readonly runtimeStatus: string; readonly output: unknown };

/** What there is after a campaign. */
export type Seen = { readonly instances: readonly SeenInstance[]; readonly effects: readonly string[]; readonly messagesLeft: number };

/** Everything that is not as the model says, in words; empty where nothing was lost, doubled or stuck. */
export function findFaults(asks: Asks, seen: Seen): readonly string[] {
  const found = new Map(seen.instances.map((instance) => [instance.instanceId, instance]));
  const effects = new Set(seen.effects);
  const parts = { found, effects };
  return [
    ...seen.instances
      .filter(({ runtimeStatus }) => runtimeStatus !== 'Completed')
      .map((one) => `${one.instanceId} is ${one.runtimeStatus}: ${JSON.stringify(one.output)}`),
    ...asks.instances.flatMap((asked) => faultsOf(asked, parts)),
    ...asks.jobs.flatMap((job) => [
      ...faultsOf(job, parts),
      ...(job.isSure && !effects.has(`job ${job.id}`) ? [`the message ${job.id} was not handled`] : []),
    ]),
    ...asks.listeners.flatMap((listener) => eventFaults(listener, found.get(listener.id)?.output)),
    ...[...asks.steps].flatMap(([session, sent]) => sessionFaults(session, sent, seen.effects)),
    ...(seen.messagesLeft === 0 ? [] : [`${seen.messagesLeft} messages are left in the queues`]),
  ];
}

type Parts = { readonly found: ReadonlyMap<string, SeenInstance>; readonly effects: ReadonlySet<string> };

function faultsOf({ id, kind, input, isSure }: Asked, { found, effects }: Parts): readonly string[] {
  const instance = found.get(id);
  if (instance === undefined) return isSure ? [`${id} was acknowledged and is not there`] : [];
  const { output, effects: expected, children } = predictionOf(kind, id, input);
  return [
    ...(JSON.stringify(instance.output) === JSON.stringify(output)
      ? []
      : [`${id} gave ${JSON.stringify(instance.output)} and not ${JSON.stringify(output)}`]),
    ...expected.filter((effect) => !effects.has(effect)).map((effect) => `the activity "${effect}" has not run`),
    ...children.filter((child) => !found.has(child)).map((child) => `the sub-orchestration ${child} is not there`),
  ];
}

function eventFaults({ id, said }: Listener, output: unknown): readonly string[] {
  if (!Array.isArray(output)) return [`${id} has heard ${JSON.stringify(output)}`];
  const heard: readonly unknown[] = output;
  const words = said.map(({ word }) => word);
  const lost = said.filter(({ word, isSure }) => isSure && !heard.includes(word)).map(({ word }) => `the event ${word} was lost`);
  // Said one after the other, so heard in that order; one that was not acknowledged may be missing.
  const inOrder = words.filter((word) => heard.includes(word));
  const isRight = JSON.stringify(heard) === JSON.stringify(inOrder);
  return [...lost, ...(isRight ? [] : [`${id} has heard ${JSON.stringify(heard)}, said was ${JSON.stringify(words)}`])];
}

function sessionFaults(
  session: string,
  sent: readonly { readonly number: number; readonly isSure: boolean }[],
  effects: readonly string[],
): readonly string[] {
  const handled = effects.filter((line) => line.startsWith(`step ${session} `)).map((line) => Number(line.split(' ')[2]));
  const firsts = [...new Set(handled)];
  const lost = sent
    .filter(({ number, isSure }) => isSure && !firsts.includes(number))
    .map(({ number }) => `step ${number} of ${session} was not handled`);
  const isInOrder = firsts.every((number, at) => at === 0 || number > (firsts[at - 1] ?? 0));
  return [...lost, ...(isInOrder ? [] : [`the steps of ${session} were handled out of order: ${firsts.join(' ')}`])];
}
