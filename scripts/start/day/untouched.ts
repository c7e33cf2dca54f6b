import type { SandboxControl, TargetSystem } from '../sandbox-control.ts';
import { compare, type Finding } from '../verify/expected.ts';
import type { World } from '../verify/read-world.ts';

const targets: readonly TargetSystem[] = ['directory', 'graph', 'oci'];
const accountDisabled = 2;

type Own = {
  readonly account: World['directory'][number] | undefined;
  readonly user: World['graph']['users'][number] | undefined;
  readonly domainUser: World['oci'][number] | undefined;
};

/** All that the systems hold of each person, as text to be compared. */
export function standingOf(workerIds: readonly string[], world: World): ReadonlyMap<string, string> {
  return new Map(workerIds.map((workerId) => [workerId, JSON.stringify(ownOf(workerId, world))]));
}

/** Everybody's accounts are open. */
export function checkUntouched(workerIds: readonly string[], world: World): readonly Finding[] {
  const shut = workerIds.filter((workerId) => {
    const { account, user, domainUser } = ownOf(workerId, world);
    const isShutInAd = account !== undefined && (Number(account.userAccountControl) & accountDisabled) !== 0;
    return isShutInAd || user?.accountEnabled !== true || domainUser?.active === false;
  });
  return compare('Gatehouse', 'people with an account that is shut', '', shut.join(', '));
}

/** The number of the last request that a target got. */
export async function latestRequest(control: SandboxControl): Promise<number> {
  const all = await Promise.all(targets.map((system) => control.requests(system, 0)));
  return Math.max(0, ...all.map((requests) => requests.at(-1)?.sequence ?? 0));
}

/** How many writes since name one of the people's accounts, by path or content. */
export async function writesAbout(
  workerIds: readonly string[],
  since: number,
  { control, world }: { readonly control: SandboxControl; readonly world: World },
): Promise<number> {
  const names = workerIds.flatMap((workerId) => {
    const { account, user, domainUser } = ownOf(workerId, world);
    return [account?.dn, user?.id, domainUser?.id].flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]));
  });
  const all = await Promise.all(targets.map((system) => control.requests(system, since)));
  const writes = all.flat().filter(({ kind }) => kind === 'write');
  return writes.filter(({ path, requestBody }) => {
    const text = `${path} ${unescaped(requestBody)}`.toLowerCase();
    return names.some((name) => text.includes(name));
  }).length;
}

/** A distinguished name may hold a backslash, which JSON doubles. */
function unescaped(body: unknown): string {
  return JSON.stringify(body ?? null).replaceAll('\\\\', '\\');
}

function ownOf(workerId: string, { directory, graph, oci }: World): Own {
  return {
    account: directory.find(({ employeeID, objectClass }) => employeeID === workerId && objectClass?.includes('user') === true),
    user: graph.users.find(({ employeeId, deleted }) => employeeId === workerId && !deleted),
    domainUser: oci.find(({ employeeNumber }) => employeeNumber === workerId),
  };
}
