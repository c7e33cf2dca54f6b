import type { Delivery, Message, Receiver } from 'rhea';
import type { Broker } from '../broker/broker.ts';
import type { Entity } from '../broker/entity.ts';
import { keepMessages } from '../broker/keep-messages.ts';
import { requireInlet } from '../broker/require-inlet.ts';
import type { Topic } from '../broker/topic.ts';
import { answerManagement, refusalReply } from '../management/answer-management.ts';
import type { ManagementReply } from '../management/answer-management.ts';
import { arrivalOf, arrivalsOfBatch } from '../message/read-arrival.ts';
import { Refusal } from '../refusal.ts';
import { notFound, readAddress } from './address.ts';
import { answerClaims } from './answer-claims.ts';
import { refuseDelivery } from './outcomes.ts';
import { refuseLink } from './refuse-link.ts';
import type { Replies } from './replies.ts';

/** A message as it comes from a client: decoded, or, in any format but AMQP's own, its bytes. */
export interface Incoming {
  readonly receiver: Receiver;
  readonly delivery: Delivery;
  readonly message: Message | Buffer;
}

/** What clients send: messages to queues and topics, and requests to `$cbs` and `$management`. */
export class IncomingMessages {
  readonly #broker: Broker;
  readonly #replies: Replies;

  constructor(broker: Broker, replies: Replies) {
    this.#broker = broker;
    this.#replies = replies;
  }

  /** A client attaches to send. */
  attach(link: Receiver): void {
    if (!hasTarget(link)) return refuseLink(link, noTransactions());
    const address = readAddress(link.target?.address);
    link.set_source(link.source);
    try {
      if (address.is === 'management') this.#find(address.path);
      if (address.is === 'entity') requireInlet(this.#broker.directory, this.#find(address.path));
      link.set_target({ address: link.target.address });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseLink(link, error);
    }
  }

  /** A message has come in whole. It is accepted after it is committed. */
  take({ receiver, delivery, message }: Incoming): void {
    const address = readAddress(receiver.target.address);
    if (address.is === 'entity') return this.#keep(address.path, delivery, message);
    delivery.accept();
    if (Buffer.isBuffer(message)) return;
    const reply = address.is === 'claims' ? answerClaims(this.#broker, message) : this.#manage(address.path, message);
    this.#broker.engine.commits.after(() => this.#replies.send(receiver.connection, message, reply));
  }

  #keep(path: string, delivery: Delivery, message: Message | Buffer): void {
    const { engine, directory } = this.#broker;
    try {
      const inlet = requireInlet(directory, this.#find(path));
      keepMessages(engine, inlet, Buffer.isBuffer(message) ? arrivalsOfBatch(message) : [arrivalOf(message)]);
      engine.commits.after(() => delivery.accept());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseDelivery(delivery, error);
    }
  }

  #find(path: string): Entity | Topic {
    const found = this.#broker.directory.find(path);
    if (found === undefined) throw notFound(path);
    return found;
  }

  #manage(path: string, message: Message): ManagementReply {
    const target = this.#broker.directory.find(path);
    if (target === undefined) return refusalReply(notFound(path));
    const properties: Readonly<Record<string, unknown>> = message.application_properties ?? {};
    const linkName = properties['associated-link-name'];
    return answerManagement({
      engine: this.#broker.engine,
      directory: this.#broker.directory,
      target,
      operation: String(properties['operation']),
      body: Object.fromEntries(Object.entries(message.body ?? {})),
      linkName: typeof linkName === 'string' ? linkName : undefined,
    });
  }
}

/** Whether a link has a target that the AMQP library knows: a coordinator of transactions is none to it (AMQP 1.0, part 4, section 4.5.1). */
function hasTarget(link: Receiver): boolean {
  const target: unknown = link.target;
  return typeof target === 'object' && target !== null && 'address' in target;
}

function noTransactions(): Refusal {
  return new Refusal('amqp:not-implemented', 'Transactions are not supported by this endpoint. Send and settle without one.');
}
