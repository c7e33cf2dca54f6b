import type { Delivery, Message, Receiver } from 'rhea';
import type { Broker } from '../broker/broker.ts';
import type { Entity } from '../broker/entity.ts';
import { keepMessages } from '../broker/keep-messages.ts';
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

/** What clients send: messages to queues, and requests to `$cbs` and `$management`. */
export class IncomingMessages {
  readonly #broker: Broker;
  readonly #replies: Replies;

  constructor(broker: Broker, replies: Replies) {
    this.#broker = broker;
    this.#replies = replies;
  }

  /** A client attaches to send. */
  attach(link: Receiver): void {
    const address = readAddress(link.target?.address);
    const entity = address.is === 'claims' ? undefined : this.#broker.find(address.path);
    link.set_source(link.source);
    if (address.is !== 'claims' && entity === undefined) return refuseLink(link, notFound(address.path));
    if (address.is === 'queue' && entity?.deadLetters === undefined) return refuseLink(link, deadLettersTakeNone(address.path));
    link.set_target({ address: link.target.address });
  }

  /** A message has come in whole. It is accepted after it is committed. */
  take({ receiver, delivery, message }: Incoming): void {
    const address = readAddress(receiver.target.address);
    const entity = address.is === 'claims' ? undefined : this.#broker.find(address.path);
    if (address.is === 'queue') return this.#keep(entity, delivery, message);
    delivery.accept();
    if (Buffer.isBuffer(message)) return;
    const reply = address.is === 'claims' ? answerClaims(this.#broker, message) : this.#manage(entity, address.path, message);
    this.#broker.engine.commits.after(() => this.#replies.send(receiver.connection, message, reply));
  }

  #keep(entity: Entity | undefined, delivery: Delivery, message: Message | Buffer): void {
    const { engine } = this.#broker;
    try {
      if (entity?.deadLetters === undefined) throw new Refusal('amqp:not-allowed', 'This link takes no messages.');
      keepMessages(engine, entity, Buffer.isBuffer(message) ? arrivalsOfBatch(message) : [arrivalOf(message)]);
      engine.commits.after(() => delivery.accept());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseDelivery(delivery, error);
    }
  }

  #manage(entity: Entity | undefined, path: string, message: Message): ManagementReply {
    if (entity === undefined) return refusalReply(notFound(path));
    const properties: Readonly<Record<string, unknown>> = message.application_properties ?? {};
    const linkName = properties['associated-link-name'];
    return answerManagement({
      engine: this.#broker.engine,
      entity,
      operation: String(properties['operation']),
      body: Object.fromEntries(Object.entries(message.body ?? {})),
      linkName: typeof linkName === 'string' ? linkName : undefined,
    });
  }
}

function deadLettersTakeNone(path: string): Refusal {
  return new Refusal('amqp:not-allowed', `Messages cannot be sent to the dead-letter queue "${path}". Send them to its queue.`);
}
