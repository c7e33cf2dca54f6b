import { schedulerId } from '../entities/entity-id.ts';
import type { EntityId } from '../entities/entity-id.ts';
import type { ReleaseMessage, RequestMessage } from '../entities/entity-message.ts';
import { deterministicGuid } from './deterministic-guid.ts';
import type { ExternalEvents } from './external-events.ts';
import type { Done, TaskContext } from './task-context.ts';

/** An operation of an entity, wanted by an orchestrator; `target` is the entity's scheduler id. */
export type EntityOperation = { readonly target: string; readonly operation: string; readonly input?: unknown };

type Locks = { readonly requestId: string; readonly targets: string[] };

/**
 * What an orchestrator does with entities (extension, `DurableOrchestrationContext.cs`). A call, a signal, a lock
 * request and each release takes one number; the answer comes as an event that is named after the request.
 */
export class EntityCalls {
  readonly #context: TaskContext;
  readonly #events: ExternalEvents;
  readonly #instanceId: string;
  #locks: Locks | undefined;
  #requests = 0;

  constructor(context: TaskContext, events: ExternalEvents, instanceId: string) {
    this.#context = context;
    this.#events = events;
    this.#instanceId = instanceId;
  }

  call({ target, operation, input }: EntityOperation, done: Done): void {
    const locks = this.#locks;
    // A locked entity counts as taken while it is called: only what is in the list is released.
    const held = locks?.targets.indexOf(target) ?? 0;
    if (held < 0) return done(false);
    locks?.targets.splice(held, 1);
    const id = this.#newId();
    this.#send(target, { op: operation, ...inputOf(input), id });
    this.#events.wait(id, () => {
      locks?.targets.push(target);
      done(true);
    });
  }

  signal({ target, operation, input }: EntityOperation): void {
    this.#send(target, { op: operation, signal: true, ...inputOf(input), id: this.#newId() });
  }

  /** Asks the first entity in the order that all agree on; each hands the request on, and the last answers. */
  lock(lockSet: readonly EntityId[], requestId: string, done: Done): void {
    const targets = [...new Map(lockSet.map((one) => [schedulerId(one), one])).entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const [first] = targets;
    if (!first) return done(false);
    const lockset = targets.map(([, { name, key }]) => ({ name: name.toLowerCase(), key }));
    this.#send(first[0], { op: null, id: requestId, lockset, pos: 0 });
    this.#events.wait(requestId, () => {
      this.#locks = { requestId, targets: targets.map(([id]) => id) };
      done(true);
    });
  }

  /** Releases what is held, one message for each entity. */
  release(): void {
    const locks = this.#locks;
    this.#locks = undefined;
    for (const target of locks?.targets ?? []) {
      const message: ReleaseMessage = { parent: this.#instanceId, id: locks?.requestId ?? '' };
      this.#context.send(target, 'release', message);
    }
  }

  #send(target: string, request: RequestMessage): void {
    const message: RequestMessage = { ...request, parent: this.#instanceId, parentExecution: this.#context.executionId };
    this.#context.send(target, 'op', message);
  }

  #newId(): string {
    return deterministicGuid(`${this.#context.executionId}/${this.#requests++}`);
  }
}

function inputOf(input: unknown): { readonly input?: string } {
  return input === undefined || input === null ? {} : { input: JSON.stringify(input) };
}
