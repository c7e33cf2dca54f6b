import { transaction } from '../../sandbox/foundation/transaction.ts';
import { addEdge, targetsOf } from '../../sandbox/graph/store/edges.ts';
import { insertObject } from '../../sandbox/graph/store/objects.ts';
import { newUser } from '../../sandbox/graph/users/create-user.ts';
import { linking, unlinking } from '../../test/contracts/changes.ts';
import { required } from '../../test/contracts/expected.ts';
import type { BenchResult } from '../figures.ts';
import { type QuietTenant, startQuietTenant } from './quiet-tenant.ts';

const group = 'a1000000-0000-4000-8000-00000000000f';
// What one page and one PATCH take at most (https://learn.microsoft.com/graph/api/group-list-members, https://learn.microsoft.com/graph/api/group-update).
const [page, together] = [999, 20];
const signal = new AbortController().signal;

/** A group of so many members, a fiftieth of whom are strangers, with as many missing: read, compared and put right by the connector, in how many calls beside the fewest that Graph allows. */
export async function measureLargeGroup(members: number): Promise<BenchResult> {
  const tenant = await startQuietTenant();
  try {
    const wrong = Math.round(members / 50);
    const wanted = people(tenant, members + wrong);
    for (const id of targetsOf(tenant.sandbox.world.database, 'members', group).slice()) wanted.add(id);
    const strangers = [...wanted].slice(0, wrong);
    const missing = [...wanted].slice(wrong, 2 * wrong);
    fill(
      tenant,
      [...wanted].filter((id) => !missing.includes(id)),
    );
    for (const id of strangers) wanted.delete(id);
    const failures = await repair(tenant, wanted);
    return report(tenant, { wanted, wrong, failures });
  } finally {
    await tenant.stop();
  }
}

function people({ sandbox }: QuietTenant, count: number): Set<string> {
  const ids = Array.from({ length: count }, (_, number) => `c9000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
  const since = new Date(sandbox.world.now()).toISOString();
  transaction(sandbox.world.database, () => {
    for (const [number, id] of ids.entries()) {
      const name = `member${number}`;
      const values = { id, displayName: name, mailNickname: name, userPrincipalName: `${name}@contoso.example`, accountEnabled: true };
      insertObject(sandbox.world, { kind: 'user', entity: newUser(values, since) });
    }
  });
  return new Set(ids);
}

function fill({ sandbox }: QuietTenant, ids: readonly string[]): void {
  transaction(sandbox.world.database, () => {
    for (const id of ids) addEdge(sandbox.world.database, 'members', group, id);
  });
}

async function repair({ deps }: QuietTenant, wanted: ReadonlySet<string>): Promise<readonly string[]> {
  const { reads, writes } = deps.gate.target('entra:contoso');
  const has = new Set<string>();
  for await (const id of required(reads.memberships).membersOf(group, signal)) has.add(id);
  const set = required(writes.memberships);
  const joining = [...wanted].filter((id) => !has.has(id)).map((id) => set.setMembership(linking('member', 'link', id, group), signal));
  const leaving = [...has].filter((id) => !wanted.has(id)).map((id) => set.setMembership(unlinking('member', id, group), signal));
  const answers = await Promise.all([...joining, ...leaving]);
  return answers.flatMap((answer) => (answer.is === 'accepted' ? [] : [JSON.stringify(answer)])).slice(0, 5);
}

type Repaired = { readonly wanted: ReadonlySet<string>; readonly wrong: number; readonly failures: readonly string[] };

function report({ sandbox }: QuietTenant, { wanted, wrong, failures }: Repaired): BenchResult {
  const requests = sandbox.world.requests.since('graph', 0).filter(({ path }) => !path.includes('/oauth2/'));
  const reads = requests.filter(({ kind }) => kind !== 'write').length;
  const calls = requests.length;
  const floor = { reads: Math.ceil(wanted.size / page), adds: Math.ceil(wrong / together), removals: wrong };
  const fewest = floor.reads + floor.adds + floor.removals;
  const now = new Set(targetsOf(sandbox.world.database, 'members', group));
  const isRight = now.size === wanted.size && [...wanted].every((id) => now.has(id));
  const throttled = requests.filter(({ status }) => status === 429).length;
  return {
    figures: [
      ['group', `${wanted.size} members, ${wrong} missing and ${wrong} too many`],
      [
        'fewest calls',
        `${fewest}: ${floor.reads} pages of ${page}, ${floor.adds} additions of ${together}, ${floor.removals} removals one by one`,
      ],
      ['calls made', `${calls} (${reads} reads, ${calls - reads} writes), ${(calls / fewest).toFixed(3)} times the fewest`],
      ['429 received', `${throttled} (goal: none)`],
    ],
    failures: isRight ? failures : ['the group is not as it was to be', ...failures],
  };
}
