import { EVENT, historyEvent } from './history-event.ts';
import type { EventFields } from './history-event.ts';
import type { InstanceRow, LiveInstance } from './instance.ts';
import { newId } from './instances.ts';
import type { TaskHub } from './task-hub.ts';

/** A request to start an instance; input is JSON. */
export type StartRequest = {
  readonly name: string;
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly input: string | null;
};

/** How a start went. */
export type StartOutcome =
  | { readonly is: 'started'; readonly id: string }
  | { readonly is: 'unknown function' | 'bad id' | 'exists'; readonly message: string };

/** How a command to an instance went. `conflict`: it is not in a state for this command. */
export type CommandOutcome = 'accepted' | 'missing' | 'ended' | 'conflict';

const BAD_ID = 'Instance ids have 1 to 100 characters, none of them /, \\, #, ? or a control character, and do not begin with @.';

/** Starts an instance; resolves once that is stored. An id whose instance has not ended is refused, unless the hub may override any state. */
export async function startInstance(hub: TaskHub, request: StartRequest): Promise<StartOutcome> {
  const fn = hub.functions.find(request.name, 'orchestration');
  if ('missing' in fn) return { is: 'unknown function', message: fn.missing };
  const id = request.id ?? newId();
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (!/^(?!@)[^/\\#?\u0000-\u001f\u007f]{1,100}$/.test(id)) return { is: 'bad id', message: BAD_ID };
  const running = hub.instances.find(id);
  if (running && hub.overridesAnyState)
    hub.instances.finish(running, 'Terminated', JSON.stringify('Replaced by a new instance with the same id.'));
  const created = hub.instances.create({
    id,
    name: fn.name,
    version: request.version ?? hub.defaultVersion,
    input: request.input,
    parent: null,
  });
  if (!created)
    return { is: 'exists', message: `An Orchestration instance with the status ${running?.status ?? 'Pending'} already exists.` };
  await hub.context.batch.committed();
  return { is: 'started', id };
}

/** Delivers an external event (input is JSON); resolves once it is stored. Events for instances that have ended are refused. */
export function raiseEvent(hub: TaskHub, id: string, name: string, input: string | null): Promise<CommandOutcome> {
  return command(hub, id, { type: EVENT.EventRaised, fields: { Name: name, Input: input } });
}

/** Ends an instance as `Terminated`, before anything else that waits for it; activities in flight run on, their results are dropped. */
export function terminateInstance(hub: TaskHub, id: string, reason: string): Promise<CommandOutcome> {
  return command(hub, id, { type: EVENT.ExecutionTerminated, fields: { Input: reason } });
}

/** Suspends an instance: it keeps what arrives, and does nothing until it is resumed. `conflict` where it is suspended already. */
export function suspendInstance(hub: TaskHub, id: string, reason: string): Promise<CommandOutcome> {
  return command(hub, id, { type: EVENT.ExecutionSuspended, fields: { Input: reason } }, (instance) => !willBeSuspended(instance));
}

/** Resumes a suspended instance. `conflict` where it is not suspended. */
export function resumeInstance(hub: TaskHub, id: string, reason: string): Promise<CommandOutcome> {
  return command(hub, id, { type: EVENT.ExecutionResumed, fields: { Input: reason } }, willBeSuspended);
}

/** Starts an ended instance anew with its input, under its own id or a new one. */
export async function restartInstance(hub: TaskHub, id: string, withNewId: boolean): Promise<StartOutcome | 'missing'> {
  const row = hub.context.rows.find(id);
  if (!row) return 'missing';
  return startInstance(hub, { name: row.name, id: withNewId ? undefined : id, version: row.version, input: row.input });
}

/** Removes instances that have ended, with their histories; gives how many. Others are left alone. */
export async function purgeInstances(hub: TaskHub, rows: readonly InstanceRow[]): Promise<number> {
  const ended = rows.filter((row) => !hub.instances.find(row.id));
  for (const row of ended) hub.instances.erase(row);
  await hub.context.batch.committed();
  return ended.length;
}

type NewEvent = { readonly type: number; readonly fields: EventFields };

async function command(
  hub: TaskHub,
  id: string,
  { type, fields }: NewEvent,
  isAllowed: (instance: LiveInstance) => boolean = () => true,
): Promise<CommandOutcome> {
  const instance = hub.instances.find(id);
  if (!instance) return hub.context.rows.find(id) ? 'ended' : 'missing';
  if (!isAllowed(instance)) return 'conflict';
  hub.instances.deliver(instance, historyEvent(type, hub.context.now(), fields));
  await hub.context.batch.committed();
  return 'accepted';
}

function willBeSuspended(instance: LiveInstance): boolean {
  const markers = instance.inbox
    .map((entry) => entry.event.EventType)
    .filter((type) => type === EVENT.ExecutionSuspended || type === EVENT.ExecutionResumed);
  return markers.length > 0 ? markers.at(-1) === EVENT.ExecutionSuspended : instance.status === 'Suspended';
}
