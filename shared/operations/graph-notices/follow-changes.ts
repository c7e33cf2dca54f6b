import type { PersonId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { CursorStep, DeltaCursor, ForeignChange } from '../../ports/registry/graph-door.ts';
import type { OperationDeps } from '../deps.ts';
import type { GraphNoticeDeps } from './graph-notice-deps.ts';
import type { Judged } from './judged.ts';
import { judgeMembers } from './judge-members.ts';
import { judgeUsers } from './judge-users.ts';
import { recordPage } from './record-page.ts';
import { settleReopenings } from './settle-reopenings.ts';

export type Stream = Pick<DeltaCursor, 'target' | 'resource'>;

/** How long one worker has the stream to itself; each page is given up well before. */
const leaseMs = 120_000;
const pageTimeoutMs = 60_000;
const mostLooks = 20;
const missedAtOnce = 200;

/**
 * Reads a stream of a tenant's changes to its end, and again as long as somebody asks meanwhile: however many ask at once, one worker reads, and each request is
 * followed by a reading that began after it. Each page is written down together with the cursor, once. Answers the people whose runs have become due by it.
 * Nothing is read before a source has been looked at for the first time. Throws what the tenant answers; the next request goes on from the last page.
 */
export async function followChanges(deps: GraphNoticeDeps, stream: Stream): Promise<readonly PersonId[]> {
  const { graphDoor } = deps.registry.stores;
  if (deps.targets.get(stream.target)?.reads.deltas === undefined || !(await isLookedAt(deps))) return [];
  await deps.registry.transaction((stores) => stores.graphDoor.want(stream));
  const holder = deps.ids.next();
  const now = deps.clock.now();
  const cursor = await graphDoor.claim(stream, holder, now, now + leaseMs);
  if (cursor === undefined) return [];
  const reading = new Reading(deps, holder);
  try {
    await reading.toTheEnd(cursor);
  } finally {
    await graphDoor.letGo(stream, holder);
    await settleReopenings(deps);
  }
  return [...reading.woken];
}

async function isLookedAt(deps: OperationDeps): Promise<boolean> {
  for (const source of deps.sources.keys()) {
    if (await deps.registry.stores.baselines.isComplete(`source/${source}`)) return true;
  }
  return false;
}

/** One worker's reading. Whatever it cannot write down because the stream is no longer its own, it leaves to the one who has it. */
class Reading {
  readonly woken = new Set<PersonId>();
  readonly #deps: OperationDeps;
  readonly #holder: string;

  constructor(deps: OperationDeps, holder: string) {
    this.#deps = deps;
    this.#holder = holder;
  }

  async toTheEnd(cursor: DeltaCursor): Promise<void> {
    const { graphDoor } = this.#deps.registry.stores;
    let at: DeltaCursor | undefined = cursor;
    for (let look = 1; look <= mostLooks; look += 1) {
      const read = await this.#look(at);
      if (read === undefined || (await graphDoor.finish(at, this.#holder, this.#deps.clock.now()))) return;
      at = (await graphDoor.cursors()).find((one) => one.target === cursor.target && one.resource === cursor.resource);
      if (at === undefined) return;
    }
  }

  /** Page by page to the last; undefined when the stream is another's. */
  async #look(from: DeltaCursor): Promise<DeltaCursor | undefined> {
    let at: DeltaCursor | undefined = from;
    let hasExpired = false;
    for (;;) {
      const signal = AbortSignal.timeout(pageTimeoutMs);
      const page = await this.#page(at, signal);
      if (page.is === 'expired') {
        if (hasExpired)
          throw new GatehouseError('target-unavailable', `${at.target} lets its changes be followed no further: ${page.reason}`);
        hasExpired = true;
        at = await this.#startOver(at, page.reason);
      } else {
        at = await this.#write(at, page.judged, { ...stepOf(at), link: page.link });
        if (at !== undefined && page.isLast) return at.isFull ? this.#endFull(at) : at;
      }
      if (at === undefined) return undefined;
    }
  }

  async #page(at: DeltaCursor, signal: AbortSignal) {
    const { target, resource, link, isKnown } = at;
    const deltas = this.#deps.targets.get(target)?.reads.deltas;
    if (deltas === undefined) throw new GatehouseError('config-invalid', `The target ${target} tells nothing of its changes.`);
    const judging = { target, isKnown, signal };
    if (resource === 'users') {
      const page = await deltas.users(link, signal);
      return page.is === 'expired' ? page : { ...page, judged: await judgeUsers(this.#deps, judging, page.items) };
    }
    const page = await deltas.groups(link, signal);
    return page.is === 'expired' ? page : { ...page, judged: await judgeMembers(this.#deps, judging, page.items) };
  }

  /** Everything is read again and held against what is known: what was missed is found, and what is known already is no news. */
  #startOver(at: DeltaCursor, reason: string): Promise<DeltaCursor | undefined> {
    this.#deps.log.info('A tenant’s changes are read from the beginning.', { target: at.target, resource: at.resource, reason });
    return this.#write(at, nothing, { link: null, round: at.round + 1, isFull: true, isKnown: at.isKnown });
  }

  /** What a reading from the beginning did not show is gone. */
  async #endFull(from: DeltaCursor): Promise<DeltaCursor | undefined> {
    let at: DeltaCursor | undefined = from;
    for (;;) {
      const missed = await this.#missed(at);
      if (missed === undefined) return this.#write(at, nothing, { ...stepOf(at), isFull: false, isKnown: true });
      at = await this.#write(at, missed, stepOf(at));
      if (at === undefined) return undefined;
    }
  }

  async #missed({ target, resource, round, isKnown }: DeltaCursor): Promise<Judged | undefined> {
    const { graphDoor } = this.#deps.registry.stores;
    const judging = { target, isKnown, signal: AbortSignal.timeout(pageTimeoutMs) };
    if (resource === 'users') {
      const users = await graphDoor.missedUsers(target, round, missedAtOnce);
      const gone = users.map(({ id }) => ({ id, isDeleted: true, enabled: undefined, anchor: undefined }));
      return users.length === 0 ? undefined : judgeUsers(this.#deps, judging, gone);
    }
    const members = await graphDoor.missedMembers(target, round, missedAtOnce);
    const gone = members.map(({ group, member }) => ({ id: group, isDeleted: false, added: [], removed: [member] }));
    return members.length === 0 ? undefined : judgeMembers(this.#deps, judging, gone);
  }

  /** In one transaction: the cursor, what was seen, and what others did. */
  async #write(at: DeltaCursor, judged: Judged, to: CursorStep): Promise<DeltaCursor | undefined> {
    const deps = this.#deps;
    const { target, resource, link, round } = at;
    const kept = await deps.registry.transaction(async (stores): Promise<readonly ForeignChange[] | undefined> => {
      const from = { target, resource, link, round, holder: this.#holder };
      if (!(await stores.graphDoor.advance(from, to, deps.clock.now() + leaseMs))) return undefined;
      return recordPage(deps, stores, { target, round: to.round }, judged);
    });
    if (kept === undefined) return undefined;
    for (const { kind, personId } of kept) if (kind === 'synced-account-appeared' && personId !== null) this.woken.add(personId);
    if (kept.length > 0) deps.log.info('Changes by others were found.', { target, resource, kinds: kept.map(({ kind }) => kind) });
    return { ...at, ...to };
  }
}

const nothing: Judged = { users: [], members: [], found: [] };

function stepOf({ link, round, isFull, isKnown }: DeltaCursor): CursorStep {
  return { link, round, isFull, isKnown };
}
