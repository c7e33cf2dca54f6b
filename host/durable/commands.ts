import { EVENT, historyEvent } from './history-event.ts';
import type { EventFields, HistoryEvent } from './history-event.ts';
import type { InstanceRow, LiveInstance, RuntimeStatus } from './instance.ts';
import { newId } from './instances.ts';
import { rewindInstance as rewind } from './rewind-instance.ts';
import type { TaskHub } from './task-hub.ts';

/** A request to start an instance; input is a JSON text. */
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

/** How a command to an instance went. `refused`: the instance is in a state in which the command makes no sense. */
export type CommandOutcome = { readonly is: 'accepted' | 'missing' | 'ended' } | { readonly is: 'refused'; readonly status: RuntimeStatus };

/** The limit of the extension (`DurableClient.MaxInstanceIdLength`). */
const LONGEST_ID = 256;
const BAD_ID = `Orchestration instance ids have 1 to ${LONGEST_ID} characters, none of them /, \\, #, ? or a control character, and do not begin with @.`;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /^@|[/\\#?\u0000-\u001f\u007f-\u009f]/;

/** Starts an instance; resolves once that is stored. An id whose instance has not ended is refused, unless the hub may override any state. */
export async function startInstance(hub: TaskHub, request: StartRequest): Promise<StartOutcome> {
  const fn = hub.functions.find(request.name, 'orchestration');
  if ('missing' in fn) return { is: 'unknown function', message: fn.missing };
  const id = request.id || newId();
  if (id.length > LONGEST_ID || FORBIDDEN.test(id)) return { is: 'bad id', message: BAD_ID };
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

/** Delivers an external event (input is a JSON text); resolves once it is stored. */
export function raiseEvent(hub: TaskHub, id: string, name: string, input: string): Promise<CommandOutcome> {
  return send(hub, id, () => event(hub, EVENT.EventRaised, { Name: name, Input: input }));
}

/** Ends an instance as `Terminated`, before anything else that waits for it; activities in flight run on, their results are dropped. */
export function terminateInstance(hub: TaskHub, id: string, reason: string | undefined): Promise<CommandOutcome> {
  return send(hub, id, () => event(hub, EVENT.ExecutionTerminated, { Input: reason ?? null }));
}

/** Suspends an instance: it keeps what arrives, and does nothing until it is resumed. Refused where it is suspended already. */
export function suspendInstance(hub: TaskHub, id: string, reason: string | undefined): Promise<CommandOutcome> {
  return send(hub, id, (status) => (status === 'Suspended' ? undefined : event(hub, EVENT.ExecutionSuspended, because(reason))));
}

/** Resumes a suspended instance. Refused where it is not suspended. */
export function resumeInstance(hub: TaskHub, id: string, reason: string | undefined): Promise<CommandOutcome> {
  return send(hub, id, (status) => (status === 'Suspended' ? event(hub, EVENT.ExecutionResumed, because(reason)) : undefined));
}

/** Takes a failed instance back to where it had not failed yet (`rewind-instance.ts`). Refused for every other state. */
export async function rewindInstance(hub: TaskHub, id: string, reason: string | undefined): Promise<CommandOutcome> {
  const row = hub.context.rows.find(id);
  if (!row) return { is: 'missing' };
  if (row.status !== 'Failed') return { is: 'refused', status: row.status };
  rewind(hub, row, reason);
  await hub.context.batch.committed();
  return { is: 'accepted' };
}

/**
 * Starts an instance anew with its input, under a new id or its own. The new one has the app's version, not that of the
 * old one, as in the extension (`DurableClient.RestartAsync`).
 */
export async function restartInstance(hub: TaskHub, id: string, withNewId: boolean): Promise<StartOutcome | 'missing'> {
  const row = hub.context.rows.find(id);
  if (!row) return 'missing';
  return startInstance(hub, { name: row.name, id: withNewId ? undefined : id, version: undefined, input: row.input });
}

/** Removes instances that have ended, with their histories; gives how many. Others are left alone. */
export async function purgeInstances(hub: TaskHub, rows: readonly InstanceRow[]): Promise<number> {
  const ended = rows.filter((row) => !hub.instances.find(row.id));
  for (const row of ended) hub.instances.erase(row);
  await hub.context.batch.committed();
  return ended.length;
}

/** Puts an event into the inbox of an instance, where `make` gives one for the state that it will be in when the event is its turn. */
async function send(hub: TaskHub, id: string, make: (status: RuntimeStatus) => HistoryEvent | undefined): Promise<CommandOutcome> {
  const instance = hub.instances.find(id);
  if (!instance) return { is: hub.context.rows.find(id) ? 'ended' : 'missing' };
  const status = comingStatus(instance);
  const made = make(status);
  if (!made) return { is: 'refused', status };
  hub.instances.deliver(instance, made);
  await hub.context.batch.committed();
  return { is: 'accepted' };
}

function event(hub: TaskHub, type: number, fields: EventFields): HistoryEvent {
  return historyEvent(type, hub.context.now(), fields);
}

function because(reason: string | undefined): EventFields {
  return reason === undefined ? {} : { Reason: reason };
}

function comingStatus(instance: LiveInstance): RuntimeStatus {
  const types = instance.inbox.map((entry) => entry.event.EventType);
  const last = types.findLast((type) => type === EVENT.ExecutionSuspended || type === EVENT.ExecutionResumed);
  if (last === EVENT.ExecutionSuspended) return 'Suspended';
  return last === EVENT.ExecutionResumed ? 'Running' : instance.status;
}
