import type { Connection, Sender, Session } from 'rhea';
import type { Broker } from '../broker/broker.ts';
import type { Entity } from '../broker/entity.ts';
import { Topic } from '../broker/topic.ts';
import { Refusal } from '../refusal.ts';
import { acceptSession, SESSION_FILTER } from './accept-session.ts';
import { notFound, readAddress } from './address.ts';
import { DeliveryLink } from './delivery-link.ts';
import { describeAttach } from './link-internals.ts';
import { refuseLink } from './refuse-link.ts';
import type { Replies } from './replies.ts';

/** The links over which clients receive, from their attach to their end. */
export class LinkRegistry {
  readonly #broker: Broker;
  readonly #replies: Replies;
  readonly #deliveries = new Map<Sender, DeliveryLink>();
  readonly #waiting = new Map<Sender, () => void>();

  constructor(broker: Broker, replies: Replies) {
    this.#broker = broker;
    this.#replies = replies;
  }

  find(link: Sender): DeliveryLink | undefined {
    return this.#deliveries.get(link);
  }

  /** A client attaches to receive: from a queue or subscription, a session, or the answers to its requests. */
  attach(link: Sender): void {
    try {
      this.#attach(link);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseLink(link, error);
    }
  }

  /** A link has been closed by its client. */
  detach(link: Sender, how: 'closed' | 'cut off'): void {
    const cancel = this.#waiting.get(link);
    if (cancel !== undefined) {
      cancel();
      // The attach has not been answered; a link must be attached before it can be closed.
      link.open();
      link.close();
    }
    this.#waiting.delete(link);
    this.#deliveries.get(link)?.end(how);
    this.#deliveries.delete(link);
    this.#replies.remove(link);
  }

  /** A connection, or an AMQP session of one, has ended with all its links. */
  detachAll(of: Connection | Session, how: 'closed' | 'cut off'): void {
    for (const link of [...this.#deliveries.keys(), ...this.#waiting.keys()]) {
      if (link.connection === of || link.session === of) this.detach(link, how);
    }
  }

  #attach(link: Sender): void {
    const address = readAddress(link.source?.address);
    if (address.is !== 'entity') {
      link.set_source({ address: link.source.address });
      this.#replies.add(link);
      return;
    }
    const entity = this.#broker.directory.find(address.path);
    if (entity === undefined) throw notFound(address.path);
    if (entity instanceof Topic)
      throw new Refusal('amqp:not-allowed', `"${entity.name}" is a topic. Receive from one of its subscriptions.`);
    const filter: Readonly<Record<string, unknown>> | undefined = link.source.filter ?? undefined;
    const asksForSession = filter !== undefined && SESSION_FILTER in filter;
    if (asksForSession !== entity.definition.requiresSession) throw mismatch(entity.name, asksForSession);
    if (asksForSession) return this.#attachToSession(link, entity, sessionIdIn(filter));
    link.set_source({ address: link.source.address });
    describeAttach(link, {});
    this.#open(link, new DeliveryLink(this.#broker.engine, link, { entity, session: undefined }));
  }

  #attachToSession(link: Sender, entity: Entity, sessionId: string | null): void {
    const { engine } = this.#broker;
    const opened = (delivery: DeliveryLink): void => this.#open(link, delivery);
    const refused = (): void => void this.#waiting.delete(link);
    const cancel = acceptSession({ engine, entity, link, sessionId, opened, refused });
    if (!this.#deliveries.has(link)) this.#waiting.set(link, cancel);
  }

  #open(link: Sender, delivery: DeliveryLink): void {
    this.#waiting.delete(link);
    this.#deliveries.set(link, delivery);
  }
}

function sessionIdIn(filter: Readonly<Record<string, unknown>>): string | null {
  const filtered = filter[SESSION_FILTER];
  // Other client libraries send the filter as a described string.
  const id = typeof filtered === 'object' && filtered !== null && 'value' in filtered ? filtered.value : filtered;
  return typeof id === 'string' ? id : null;
}

function mismatch(name: string, asksForSession: boolean): Refusal {
  return new Refusal(
    'amqp:not-allowed',
    asksForSession
      ? `The queue "${name}" has no sessions. Receive from it without a session.`
      : `It is not possible for an entity that requires sessions to create a non-sessionful message receiver. Accept a session of the queue "${name}".`,
  );
}
