import { GatehouseError } from '../errors.ts';
import type { Engagement, Person } from '../ports/registry/people.ts';
import type { Holding } from '../ports/registry/links.ts';
import type { Claim } from '../domain/change.ts';
import type { Lock } from '../ports/registry/locks.ts';
import type { Registry } from '../ports/registry/registry.ts';
import type { OperationDeps } from './deps.ts';
import type { AccountView } from './account-views.ts';
import type { Looks } from './looks/looks.ts';
import { timed } from './run-view.ts';

/** A person as the API shows them. */
export type PersonView = {
  readonly personId: string;
  readonly displayName: string;
  readonly baseline: boolean;
  readonly standing: Person['standing'];
  /** When access ends, or ended; null while no end is known. */
  readonly endsAt: string | null;
  readonly locks: readonly (Omit<Lock, 'personId' | 'since'> & { readonly since: string })[];
  /** What the latest run that closed access claims. */
  readonly claims: readonly (Claim & { readonly at: string })[];
  readonly engagements: readonly Pick<Engagement, 'source' | 'workerId' | 'worker'>[];
  readonly accounts: readonly AccountView[];
  readonly holdings: readonly Holding[];
  readonly runs: readonly ReturnType<typeof timed>[];
};

/** The person by their own id, by `source:workerId`, or by a worker id as long as only one has it. Throws `not-found` or `ambiguous`. */
export async function findPerson(registry: Registry, key: string): Promise<string> {
  const { people } = registry.stores;
  if ((await people.byId(key)) !== undefined) return key;
  const split = key.lastIndexOf(':');
  const owner = split > 0 ? await people.ownerOf(key.slice(0, split), key.slice(split + 1)) : undefined;
  if (owner !== undefined) return owner;
  const found = await people.withWorkerId(key);
  const ids = [...new Set(found.map(({ personId }) => personId))];
  if (ids.length > 1)
    throw new GatehouseError(
      'ambiguous',
      `Several people have the worker id ${key}: ask for ${found.map(({ source }) => `${source}:${key}`).join(' or ')}.`,
    );
  const [only] = ids;
  if (only === undefined)
    throw new GatehouseError('not-found', `Nobody is known by “${key}”. Use a person id, source:workerId, or a worker id.`);
  return only;
}

/** Everything that is known about a person: their records, accounts expected and actual, holdings with reasons, runs. */
export async function personView(deps: Pick<OperationDeps, 'registry'>, looks: Looks, key: string): Promise<PersonView> {
  const { registry } = deps;
  const personId = await findPerson(registry, key);
  const person = await registry.stores.people.byId(personId);
  const engagements = await registry.stores.people.engagements(personId);
  return {
    personId,
    displayName: person?.displayName ?? '',
    baseline: person?.baseline ?? false,
    standing: person?.standing ?? 'none',
    endsAt: person?.endsAt == null ? null : new Date(person.endsAt).toISOString(),
    locks: (await registry.stores.locks.of(personId)).map(({ owner, reason, placedBy, since }) => {
      return { owner, reason, placedBy, since: new Date(since).toISOString() };
    }),
    claims: await claimsOf(registry, personId),
    engagements: engagements.map(({ source, workerId, worker }) => ({ source, workerId, worker })),
    accounts: engagements.length === 0 ? [] : await looks.accounts(personId),
    holdings: await registry.stores.holdings.of(personId),
    runs: (await registry.stores.runs.list({ personId, limit: 50 })).map(timed),
  };
}

/** The last word about each target, of the latest run that was to close access. */
async function claimsOf(registry: Registry, personId: string): Promise<PersonView['claims']> {
  const latest = (await registry.stores.runs.list({ personId, limit: 50 })).find(({ lane, attempt }) => lane === 'contain' && attempt > 0);
  if (latest === undefined) return [];
  const steps = await registry.stores.steps.of(latest.id);
  const last = new Map(
    steps.flatMap(({ claim, lastAt }) =>
      claim === null ? [] : [[claim.target, { ...claim, at: new Date(lastAt).toISOString() }] as const],
    ),
  );
  return [...last.values()];
}
