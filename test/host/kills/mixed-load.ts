import type { ServiceBusClient, ServiceBusSender } from '@azure/service-bus';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../support/campaign-random.ts';
import { kinds } from './kinds.ts';
import type { KillableHost } from './killable-host.ts';

/** An instance that was asked for; `isSure` once the host has said that it started. */
export type Asked = { readonly id: string; readonly kind: string; readonly input: unknown; isSure: boolean };
/** An instance that listens to words until it hears "end". */
export type Listener = { readonly id: string; readonly said: { readonly word: string; isSure: boolean }[]; hasEnded: boolean };

/** What a client asked of the host, and whether the host acknowledged it. */
export type Asks = {
  readonly instances: Asked[];
  readonly listeners: Listener[];
  /** Messages of the queue without sessions, each of which starts a chain. */
  readonly jobs: Asked[];
  /** Numbers sent in order, by session. */
  readonly steps: Map<string, { readonly number: number; isSure: boolean }[]>;
};

const SESSIONS = 4;
const LISTENERS_AT_ONCE = 3;

/** Asks one thing after the other of a host until `isOver`, and keeps account of what was acknowledged. What fails when the host dies counts as not acknowledged. */
export class MixedLoad {
  readonly asks: Asks = { instances: [], listeners: [], jobs: [], steps: new Map() };
  readonly #random: Random;
  readonly #run: string;
  /** What a host that was there said no to, which no kill explains. */
  readonly refusals: string[] = [];
  /** How often a host has said yes. */
  acknowledged = 0;
  #count = 0;

  constructor(random: Random, run: string) {
    this.#random = random;
    this.#run = run;
  }

  /** Plays several clients at once until the moment is over. */
  async play(host: KillableHost, client: ServiceBusClient, isOver: () => boolean): Promise<void> {
    const jobs = client.createSender('jobs');
    const steps = client.createSender('steps');
    const roles = [
      () => this.#start(host),
      () => this.#start(host),
      () => this.#say(host),
      () => this.#sendJob(jobs),
      () => this.#sendStep(steps),
    ];
    await Promise.all(
      roles.map(async (role) => {
        while (!isOver()) {
          if (await this.#succeeds(role)) this.acknowledged += 1;
          else await pause(5);
        }
      }),
    );
  }

  /** Says "end" to whoever still listens. */
  async finish(host: KillableHost): Promise<void> {
    for (const listener of this.asks.listeners.filter(({ hasEnded }) => !hasEnded)) await this.#end(host, listener);
  }

  async #start(host: KillableHost): Promise<void> {
    const kind = kinds[this.#random.below(kinds.length)];
    if (kind === undefined) return;
    const asked: Asked = { id: this.#newId(kind.name), kind: kind.name, input: kind.input(this.#random), isSure: false };
    this.asks.instances.push(asked);
    const isThroughApp = this.#random.below(2) === 0;
    const url = isThroughApp ? `${host.url}/start/${kind.name}/${asked.id}` : host.durable(`orchestrators/${kind.name}/${asked.id}`);
    await post(url, asked.input);
    asked.isSure = true;
  }

  async #say(host: KillableHost): Promise<void> {
    const listening = this.asks.listeners.filter(({ hasEnded }) => !hasEnded);
    const listener = listening[this.#random.below(LISTENERS_AT_ONCE)];
    if (listener === undefined) return this.#listen(host);
    if (listener.said.length > 5) return this.#end(host, listener);
    const word = { word: `${listener.id}/${listener.said.length}`, isSure: false };
    listener.said.push(word);
    await post(host.durable(`instances/${listener.id}/raiseEvent/Word`), word.word);
    word.isSure = true;
  }

  async #listen(host: KillableHost): Promise<void> {
    const id = this.#newId('events');
    await post(host.durable(`orchestrators/events/${id}`), null);
    this.asks.listeners.push({ id, said: [], hasEnded: false });
  }

  async #end(host: KillableHost, listener: Listener): Promise<void> {
    await post(host.durable(`instances/${listener.id}/raiseEvent/Word`), 'end', [202, 410]);
    listener.hasEnded = true;
  }

  async #sendJob(sender: ServiceBusSender): Promise<void> {
    const job: Asked = { id: this.#newId('job'), kind: 'chain', input: [this.#random.below(1000), 1], isSure: false };
    this.asks.jobs.push(job);
    await sender.sendMessages({ body: { id: job.id, numbers: job.input } });
    job.isSure = true;
  }

  async #sendStep(sender: ServiceBusSender): Promise<void> {
    const sessionId = `${this.#run}-session-${this.#random.below(SESSIONS)}`;
    const sent = this.asks.steps.get(sessionId) ?? [];
    this.asks.steps.set(sessionId, sent);
    const step = { number: sent.length, isSure: false };
    sent.push(step);
    await sender.sendMessages({ body: step.number, sessionId });
    step.isSure = true;
  }

  async #succeeds(role: () => Promise<void>): Promise<boolean> {
    try {
      await role();
      return true;
    } catch (error) {
      if (error instanceof Refused) this.refusals.push(error.message);
      return false;
    }
  }

  #newId(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#run}-${this.#count}`;
  }
}

class Refused extends Error {}

async function post(url: string, body: unknown, accepted: readonly number[] = [202]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(20_000) });
  const text = await response.text();
  if (!accepted.includes(response.status)) throw new Refused(`${new URL(url).pathname} answered ${response.status}: ${text}`);
}
