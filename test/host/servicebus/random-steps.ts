import type { ServiceBusClient, ServiceBusMessage, ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import type { Random } from '../../support/campaign-random.ts';
import type { BusModel, Change, Standing } from './bus-model.ts';

/** The paths that can be received from, and which of them has sessions. */
export const PATHS = {
  events: false,
  unique: false,
  lifecycle: true,
  'people/Subscriptions/all': false,
  'people/Subscriptions/red': false,
  'people/Subscriptions/ordered': true,
} as const;

type Path = keyof typeof PATHS;
const DAY_MS = 86_400_000;
const SESSIONS = ['a', 'b', 'c'] as const;
const become =
  (standing: Standing) =>
  (was: Standing): Standing =>
    was === standing ? was : standing;

type SequenceNumber = NonNullable<ServiceBusReceivedMessage['sequenceNumber']>;

/** What outlives a kill besides the model: the next body, and the sequence numbers that clients were told, by path and body. */
export type Ids = { readonly next: () => number; readonly numbers: Map<string, SequenceNumber> };

/** Random steps of real clients against an endpoint, each told to the model before it is asked for and after it is acknowledged. */
export class RandomSteps {
  readonly #client: ServiceBusClient;
  readonly #model: BusModel;
  readonly #random: Random;
  readonly #ids: Ids;
  readonly #held = new Set<string>();
  #isOver = false;

  constructor(client: ServiceBusClient, model: BusModel, random: Random, ids: Ids) {
    this.#client = client;
    this.#model = model;
    this.#random = random;
    this.#ids = ids;
  }

  /** The endpoint has been killed: what has not been acknowledged until now never will be. */
  stop(): void {
    this.#isOver = true;
  }

  async one(): Promise<void> {
    const steps = [
      () => this.#send(),
      () => this.#send(),
      () => this.#sendUnique(),
      () => this.#schedule(),
      () => this.#cancel(),
      () => this.#receive(this.#pick(Object.keys(PATHS) as Path[])),
      () => this.#receive(this.#pick(Object.keys(PATHS) as Path[])),
      () => this.#receiveDeferred(this.#pick(Object.keys(PATHS) as Path[])),
    ];
    await this.#pick(steps)();
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random.below(list.length)] as T;
  }

  async #step<T>(changes: readonly Change[], ask: () => Promise<T>): Promise<T> {
    this.#refuseAfterKill();
    this.#model.begin(changes);
    const answer = await ask();
    this.#refuseAfterKill();
    this.#model.acknowledged();
    return answer;
  }

  async #send(): Promise<void> {
    const target = this.#pick(['events', 'lifecycle', 'people'] as const);
    const messages = Array.from({ length: 1 + this.#random.below(3) }, () => this.#message());
    const changes = messages.flatMap((message) => changesOf(target, message));
    await this.#step(changes, () => this.#client.createSender(target).sendMessages(messages));
  }

  #message(): ServiceBusMessage & { readonly body: string; readonly sessionId: string; readonly color: string } {
    const color = this.#pick(['red', 'blue']);
    const body = String(this.#ids.next()).padStart(6, '0');
    return { body, sessionId: this.#pick(SESSIONS), color, applicationProperties: { color } };
  }

  #refuseAfterKill(): void {
    if (this.#isOver) throw new Error('The endpoint has been killed.');
  }

  #number(path: string, id: string): SequenceNumber {
    const number = this.#ids.numbers.get(`${path} ${id}`);
    if (number === undefined) throw new Error(`Nobody has told the number of ${id}.`);
    return number;
  }

  async #sendUnique(): Promise<void> {
    const id = `u-${this.#random.below(12)}`;
    const to = (was: Standing): Standing => (was === 'never' ? 'active' : was);
    await this.#step([{ path: 'unique', id, to }], () => this.#client.createSender('unique').sendMessages({ body: id, messageId: id }));
  }

  async #schedule(): Promise<void> {
    const { body } = this.#message();
    const change = { path: 'events', id: body, to: become('scheduled') };
    const schedule = (): Promise<SequenceNumber[]> =>
      this.#client.createSender('events').scheduleMessages({ body }, new Date(Date.now() + DAY_MS));
    const [number] = await this.#step([change], schedule);
    if (number !== undefined) this.#ids.numbers.set(`events ${body}`, number);
  }

  async #cancel(): Promise<void> {
    const [scheduled] = this.#model.certain('events', 'scheduled');
    if (scheduled === undefined) return;
    const number = this.#number('events', scheduled.id);
    const change = { path: 'events', id: scheduled.id, to: become('gone') };
    await this.#step([change], () => this.#client.createSender('events').cancelScheduledMessages(number));
  }

  async #receive(path: Path): Promise<void> {
    const waiting = this.#model.certain(path, 'active').filter(({ id }) => !this.#held.has(`${path} ${id}`));
    if (waiting.length === 0) return;
    const receiver = PATHS[path] ? await this.#client.acceptNextSession(path) : this.#client.createReceiver(path);
    const session = 'sessionId' in receiver ? String(receiver.sessionId) : undefined;
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
    if (message === undefined) throw new Error(`${path} gives nothing, though it has ${waiting.length}.`);
    const first = waiting
      .filter((one) => one.session === session)
      .map(({ id }) => id)
      .toSorted()[0];
    if (path !== 'unique' && first !== message.body) throw new Error(`${path} gives ${String(message.body)} before ${first}.`);
    if (message.sequenceNumber !== undefined) this.#ids.numbers.set(`${path} ${String(message.body)}`, message.sequenceNumber);
    await this.#settle(path, receiver, message);
    await receiver.close();
  }

  async #receiveDeferred(path: Path): Promise<void> {
    const [deferred] = this.#model.certain(path, 'deferred');
    if (deferred === undefined) return;
    const receiver =
      deferred.session !== undefined && PATHS[path]
        ? await this.#client.acceptSession(path, deferred.session)
        : this.#client.createReceiver(path);
    const [message] = await receiver.receiveDeferredMessages(this.#number(path, deferred.id));
    if (message === undefined) throw new Error(`${path} does not give the deferred ${deferred.id}.`);
    await this.#settle(path, receiver, message, 'deferred');
    await receiver.close();
  }

  async #settle(path: Path, receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage, was: Standing = 'active'): Promise<void> {
    const id = String(message.body);
    const change = (standing: Standing): readonly Change[] => [{ path, id, to: become(standing) }];
    const ways = [
      () => this.#step(change('gone'), () => receiver.completeMessage(message)),
      () => this.#step(change(was), () => receiver.abandonMessage(message)),
      () => this.#step(change('deferred'), () => receiver.deferMessage(message)),
      () => this.#step(change('dead'), () => receiver.deadLetterMessage(message)),
      // A lock that is not settled holds the message until the next start, unless its session is given back.
      async () => void this.#held.add(PATHS[path] ? '' : `${path} ${id}`),
    ];
    await this.#pick(was === 'deferred' ? ways.slice(0, 4) : ways)();
  }
}

/** What a message does to the queue, or to each subscription of the topic, that it is sent to. */
function changesOf(
  target: 'events' | 'lifecycle' | 'people',
  { body, sessionId, color }: { body: string; sessionId: string; color: string },
): readonly Change[] {
  const to = become('active');
  if (target === 'events') return [{ path: target, id: body, to }];
  if (target === 'lifecycle') return [{ path: target, id: body, to, session: sessionId }];
  return [
    { path: 'people/Subscriptions/all', id: body, to },
    { path: 'people/Subscriptions/ordered', id: body, to, session: sessionId },
    ...(color === 'red' ? [{ path: 'people/Subscriptions/red', id: body, to }] : []),
  ];
}
