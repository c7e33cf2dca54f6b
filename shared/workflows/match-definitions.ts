import { matches } from '../domain/conditions/matches.ts';
import type { Worker } from '../domain/worker.ts';
import type { TriggerEvent, WorkflowDefinition } from './definition.ts';

/** The definitions that an event about a worker sets off, in the order of their ids. Their `mode` is for the caller to heed. */
export function matchDefinitions<Definition extends WorkflowDefinition>(
  event: TriggerEvent,
  worker: Worker,
  definitions: readonly Definition[],
): readonly Definition[] {
  const matching = definitions.filter(({ trigger, scope }) => trigger.event === event && matches(scope ?? {}, worker));
  return matching.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
