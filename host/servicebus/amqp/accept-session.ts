import rhea from 'rhea';
import type { Sender } from 'rhea';
import type { Engine } from '../broker/engine.ts';
import type { Entity } from '../broker/entity.ts';
import type { HeldSession, SessionOwner } from '../broker/held-session.ts';
import { holdNextSession, holdSession } from '../broker/hold-session.ts';
import { sessionLost } from '../broker/scope.ts';
import type { SessionWaiter } from '../broker/sessions.ts';
import { Refusal } from '../refusal.ts';
import { DeliveryLink } from './delivery-link.ts';
import { describeAttach, holdAttach } from './link-internals.ts';
import { refuseLink } from './refuse-link.ts';

/** The source filter that names a session, or with null asks for any: "AMQP in Azure Service Bus: protocol guide". */
export const SESSION_FILTER = 'com.microsoft:session-filter';
/** How long a client waits for a session, milliseconds, as a link property; without it, as long as the service's own limit. */
const TIMEOUT_PROPERTY = 'com.microsoft:timeout';
const LONGEST_WAIT_MS = 65_000;

/** What becomes of a link that asked for a session. */
export interface SessionRequest {
  readonly engine: Engine;
  readonly entity: Entity;
  readonly link: Sender;
  /** The session; null asks for any that has messages and no receiver. */
  readonly sessionId: string | null;
  readonly opened: (delivery: DeliveryLink) => void;
  /** The wait has ended without a session, and the link with it. */
  readonly refused: () => void;
}

/**
 * Answers a receiver that asks for a session, at once or when one becomes available. Gives back what cancels the wait. Throws a
 * refusal when the named session is held by another receiver.
 */
export function acceptSession(request: SessionRequest): () => void {
  const { engine, entity, sessionId } = request;
  const receiver = new SessionReceiver(request);
  const session =
    sessionId === null ? holdNextSession(engine, entity, receiver.owner) : holdSession(engine, entity, sessionId, receiver.owner);
  if (session === undefined) return awaitSession(request, receiver);
  receiver.open(session);
  return () => undefined;
}

function awaitSession({ entity, link, refused }: SessionRequest, receiver: SessionReceiver): () => void {
  holdAttach(link);
  const waiter: SessionWaiter = {
    owner: receiver.owner,
    granted: (session) => {
      clearTimeout(timer);
      receiver.open(session);
      link.open();
    },
  };
  const cancel = (): void => {
    clearTimeout(timer);
    entity.sessions.waiters.delete(waiter);
  };
  const timer = setTimeout(() => {
    cancel();
    refused();
    refuseLink(
      link,
      new Refusal('com.microsoft:timeout', `No session of the queue "${entity.name}" became available within the time allowed.`),
    );
  }, waitOf(link));
  entity.sessions.waiters.add(waiter);
  return cancel;
}

/** A link on its way to receive from a session: it becomes the session's owner before it delivers. */
class SessionReceiver {
  readonly owner: SessionOwner;
  readonly #request: SessionRequest;
  #delivery: DeliveryLink | undefined;

  constructor(request: SessionRequest) {
    this.#request = request;
    this.owner = { linkName: request.link.name, wake: () => this.#delivery?.wake(), lost: () => this.#lost() };
  }

  open(session: HeldSession): void {
    const { engine, entity, link, opened } = this.#request;
    link.set_source({ address: link.source.address, filter: { [SESSION_FILTER]: session.id } });
    describeAttach(link, { 'com.microsoft:locked-until-utc': rhea.types.wrap_long(dotnetTicks(session.until)) });
    this.#delivery = new DeliveryLink(engine, link, { entity, session });
    opened(this.#delivery);
    this.#delivery.wake();
  }

  #lost(): void {
    const { link } = this.#request;
    if (link.is_open()) refuseLink(link, sessionLost(this.#delivery?.session?.id ?? ''));
  }
}

function waitOf(link: Sender): number {
  const asked: unknown = link.properties?.[TIMEOUT_PROPERTY];
  return typeof asked === 'number' && asked > 0 ? asked : LONGEST_WAIT_MS;
}

/** 100-nanosecond intervals since the year 1 (learn.microsoft.com/dotnet/api/system.datetime.ticks), as eight bytes. */
function dotnetTicks(ms: number): Buffer {
  const ticks = Buffer.alloc(8);
  ticks.writeBigInt64BE(BigInt(ms) * 10_000n + 621_355_968_000_000_000n);
  return ticks;
}
