import { matches } from '../../domain/conditions/matches.ts';
import type { Worker } from '../../domain/worker.ts';
import { GatehouseError } from '../../errors.ts';
import type { KnownWorkflow, OperationDeps } from '../deps.ts';

/** What a name stands for: the workflows that are begun, those that follow from them at once, and those that follow some days later. */
export type Family = {
  readonly starts: readonly KnownWorkflow[];
  readonly follows: readonly KnownWorkflow[];
  readonly later: readonly KnownWorkflow[];
};

/**
 * The workflows of a name: one by its id, or all of a trigger, such as `leaver`, that are not merely observed. What follows from them by itself is part of it, in the order in which it comes. Throws `not-found`.
 */
export function workflowsNamed(deps: Pick<OperationDeps, 'rules'>, name: string): Family {
  const all = deps.rules.workflows();
  const only = all.find(({ id }) => id === name);
  const starts = only === undefined ? setOff(all, name).filter((one) => !isOtherwiseTimed(one)) : [only];
  if (starts.length === 0) {
    const known = all.map(({ id }) => id).join(', ');
    throw new GatehouseError('not-found', `There is no workflow or trigger “${name}”. Workflows: ${known}.`);
  }
  const closing = starts.some(({ definition }) => definition.lane === 'contain');
  const contained = closing ? setOff(all, 'contained') : [];
  const isStripped = [...starts, ...contained.filter((one) => !isOtherwiseTimed(one))].some(
    ({ definition }) => definition.trigger.event === 'contained',
  );
  const after = [...contained, ...(isStripped ? setOff(all, 'stripped') : [])];
  return { starts, follows: after.filter((one) => !isOtherwiseTimed(one)), later: after.filter(isOtherwiseTimed) };
}

/** Whether the workflow is for somebody with this record. */
export function isFor({ definition }: KnownWorkflow, worker: Worker): boolean {
  return matches(definition.scope ?? {}, worker);
}

function setOff(all: readonly KnownWorkflow[], name: string): readonly KnownWorkflow[] {
  return all.filter(({ definition, mode }) => definition.trigger.event === name && mode !== 'observe');
}

/** Ahead of somebody's end, or some days after what it follows. */
function isOtherwiseTimed({ definition: { trigger } }: KnownWorkflow): boolean {
  return trigger.startDaysAfter !== undefined || (trigger.event === 'leaver' && trigger.startDaysBefore !== undefined);
}
