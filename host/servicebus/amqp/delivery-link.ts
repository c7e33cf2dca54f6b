import type { Delivery, Sender } from 'rhea';
import type { HandedMessage } from '../broker/handed-message.ts';
import type { Engine } from '../broker/engine.ts';
import type { Consumer, Entity } from '../broker/entity.ts';
import type { HeldSession } from '../broker/held-session.ts';
import { releaseSession } from '../broker/hold-session.ts';
import { settleMessage } from '../broker/settle-message.ts';
import type { Settlement } from '../broker/settle-message.ts';
import { newLockToken, tagOfToken, tokenOfTag } from '../message/lock-token.ts';
import { wireMessage } from '../message/wire-message.ts';
import { Refusal } from '../refusal.ts';
import { completeDrain, sendingCapacity } from './link-internals.ts';
import { confirmOutcome, refuseOutcome } from './outcomes.ts';

/** Sender settle mode "settled" (AMQP 1.0, part 2, section 2.8.2): the client library's receive-and-delete. */
const SETTLED = 1;
/** Message format of an AMQP message that is already encoded. */
const AMQP_FORMAT = 0;

/** A link over which a client receives from a queue, or from one session of it. */
export class DeliveryLink implements Consumer {
  readonly entity: Entity;
  readonly session: HeldSession | undefined;
  readonly removesOnReceive: boolean;
  readonly #link: Sender;
  readonly #engine: Engine;

  constructor(engine: Engine, link: Sender, from: { readonly entity: Entity; readonly session: HeldSession | undefined }) {
    this.#engine = engine;
    this.#link = link;
    this.entity = from.entity;
    this.session = from.session;
    this.removesOnReceive = link.snd_settle_mode === SETTLED;
    if (this.session === undefined) this.entity.consumers.add(this);
  }

  capacity(): number {
    return sendingCapacity(this.#link);
  }

  hand({ message, lock }: HandedMessage): void {
    // A link that has gone in the meantime keeps its lock until that ends, as if the message had been lost on the way.
    if (!this.#link.is_open()) return;
    const lockedUntil = lock === undefined ? undefined : (this.session?.until ?? lock.until);
    this.#link.send(wireMessage(message, lockedUntil), tagOfToken(lock?.token ?? newLockToken()), AMQP_FORMAT);
  }

  served(): void {
    completeDrain(this.#link);
  }

  /** The peer takes more messages, or asks for what there is. */
  wake(): void {
    this.#engine.restless.add(this);
    this.#engine.commits.schedule();
  }

  /** Carries out an outcome and answers it once it is committed. */
  settle(delivery: Delivery, settlement: Settlement): void {
    try {
      settleMessage(this.#engine, this, tokenOfTag(delivery.tag), settlement);
      this.#engine.commits.after(() => confirmOutcome(delivery));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseOutcome(delivery, error);
    }
  }

  /**
   * The link has gone. Messages of a session are available again at once; others stay locked until their locks end, for the
   * client may still settle them by their tokens.
   */
  end(how: 'closed' | 'cut off'): void {
    this.entity.consumers.delete(this);
    this.#engine.restless.delete(this);
    if (this.session !== undefined) releaseSession(this.#engine, this.entity, this.session, how === 'cut off');
  }
}
