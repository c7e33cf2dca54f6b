import { findAppResource, readAppResources } from '../../../sandbox/scim/app-store.ts';
import type { Change } from '../../../shared/domain/change.ts';
import { linking } from '../../contracts/changes.ts';
import { required } from '../../contracts/expected.ts';
import type { GateWorld } from '../../gate/gate-world.ts';
import { aWorker, hire } from '../../gate/people.ts';
import { anAccount, createOf, deleteOf, linkOf, type Someone, unlinkOf, updateOf } from './changes.ts';
import type { FaultCase } from './fault-case.ts';

const developers = 'c1000000-0000-4000-8000-000000000002';
const signal = () => AbortSignal.timeout(20_000);
type Who = Pick<Someone, 'person' | 'account'>;
type Next = (world: GateWorld, who: Who, count: number) => Promise<{ readonly change: Change; readonly isSo: () => boolean }>;

/** A row whose tries are each about an account of their own, as the application holds it. */
function ofOne(call: string, operation: string, next: Next): FaultCase {
  const prepare: FaultCase['prepare'] = async (world) => {
    const person = await hire(world, aWorker());
    let count = 0;
    return async () => {
      count += 1;
      return { person, ...(await next(world, { person, account: await anAccount(world, 'scim') }, count)) };
    };
  };
  return { connector: 'SCIM', call, system: 'scim', operation, prepare };
}

function user(world: GateWorld, id: string): Readonly<Record<string, unknown>> | undefined {
  return findAppResource(world.contoso.sandbox.world.database, 'User', id)?.attributes;
}

function isMember(world: GateWorld, account: string): boolean {
  const group = findAppResource(world.contoso.sandbox.world.database, 'Group', developers);
  return JSON.stringify(group?.attributes['members'] ?? []).includes(account);
}

/** The calls that change something in an application that speaks SCIM, on the strict one of the sandbox. */
export const scimCases: readonly FaultCase[] = [
  {
    connector: 'SCIM',
    call: 'create a user',
    system: 'scim',
    operation: 'scim.createUser',
    prepare: (world) =>
      Promise.resolve(async () => {
        const person = await hire(world, aWorker());
        const change = createOf('scim', person);
        const all = () => readAppResources(world.contoso.sandbox.world.database, 'User');
        return {
          person,
          change,
          isSo: () => all().filter(({ attributes }) => attributes['userName'] === change.after['userName']).length === 1,
        };
      }),
  },
  ofOne('update a user', 'scim.patchUser', (world, who, count) => {
    const title = `Title ${count}`;
    return Promise.resolve({ change: updateOf('scim', who, { title }), isSo: () => user(world, who.account)?.['title'] === title });
  }),
  ofOne('activate a user', 'scim.patchUser', (world, who) =>
    Promise.resolve({
      change: updateOf('scim', who, { enabled: true }, 'enable'),
      isSo: () => user(world, who.account)?.['active'] === true,
    }),
  ),
  ofOne('add a member', 'scim.patchGroup', (world, who) =>
    Promise.resolve({ change: linkOf('scim', who, 'member', developers), isSo: () => isMember(world, who.account) }),
  ),
  ofOne('remove a member', 'scim.patchGroup', async (world, who) => {
    const { memberships } = world.gate.target('scim:app').writes;
    await required(memberships).setMembership(linking('member', 'link', who.account, developers), signal());
    return { change: unlinkOf('scim', who, 'member', developers), isSo: () => !isMember(world, who.account) };
  }),
  ofOne('delete a user', 'scim.deleteUser', (world, who) =>
    Promise.resolve({ change: deleteOf('scim', who), isSo: () => user(world, who.account) === undefined }),
  ),
];
