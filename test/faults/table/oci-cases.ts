import { z } from 'zod';
import { addCredentialByHand } from '../../../sandbox/oci/administer.ts';
import { saveFactor } from '../../../sandbox/oci/factors.ts';
import { ociState } from '../../../sandbox/oci/oci-state.ts';
import { userUrn } from '../../../sandbox/oci/scim/user-schema.ts';
import { linking } from '../../contracts/changes.ts';
import { required } from '../../contracts/expected.ts';
import { changeOf } from '../../gate/changes-of.ts';
import type { GateWorld } from '../../gate/gate-world.ts';
import { aWorker, hire } from '../../gate/people.ts';
import { accountsOf } from '../../gate/seen.ts';
import { anAccount, deleteOf, linkOf, unlinkOf, updateOf } from './changes.ts';
import { rowsOf } from './rows-of.ts';
import type { FaultCase } from './fault-case.ts';

const target = 'oci:contoso';
const staff = 'b1000000000000000000000000000001';
const role = 'b6000000000000000000000000000001/b5000000000000000000000000000001';
const signal = () => AbortSignal.timeout(20_000);
const { capabilities } = userUrn;
const state = z.object({
  users: z.array(
    z.looseObject({ id: z.string(), active: z.boolean(), title: z.string().nullish(), grants: z.array(z.unknown()).nullish() }),
  ),
});

function user(world: GateWorld, id: string): z.infer<typeof state>['users'][number] | undefined {
  return state.parse(ociState(world.contoso.sandbox.world)).users.find((one) => one.id === id);
}

function holds(world: GateWorld, account: string, part: string, text: string): boolean {
  return JSON.stringify(user(world, account)?.[part] ?? '').includes(text);
}

const ofOne = rowsOf({ connector: 'OCI IAM', system: 'oci', kind: 'oci' });

/** The calls that change something in an OCI identity domain. */
export const ociCases: readonly FaultCase[] = [
  {
    connector: 'OCI IAM',
    call: 'create a user',
    system: 'oci',
    operation: 'scim.createUser',
    prepare: (world) =>
      Promise.resolve(async () => {
        const worker = aWorker();
        const person = await hire(world, worker);
        const change = await changeOf(world, person, 'create-account', { target });
        return { person, change, isSo: () => accountsOf(world, 'oci', worker.workerId).length === 1 };
      }),
  },
  ofOne('update a user', 'scim.patchUser', (world, who, count) => {
    const title = `Title ${count}`;
    return Promise.resolve({ change: updateOf('oci', who, { title }), isSo: () => user(world, who.account)?.title === title });
  }),
  ofOne('deactivate and activate a user', 'scim.patchUser', (world, who) => {
    const before = required(user(world, who.account)).active;
    const change = updateOf('oci', who, { enabled: !before }, before ? 'contain' : 'enable');
    return Promise.resolve({ change, isSo: () => user(world, who.account)?.active === !before });
  }),
  ofOne('switch capabilities', 'scim.changeUserCapabilities', (world, who) => {
    const may = () => holds(world, who.account, capabilities, '"canUseApiKeys":true');
    const before = may();
    const change = updateOf('oci', who, { canUseApiKeys: !before }, before ? 'contain' : 'enable');
    return Promise.resolve({ change, isSo: () => may() !== before });
  }),
  ofOne('add a member', 'scim.patchGroup', async (world, who) => {
    const account = await anAccount(world, 'oci');
    return { change: linkOf('oci', { ...who, account }, 'member', staff), isSo: () => holds(world, account, 'groups', staff) };
  }),
  ofOne('remove a member', 'scim.patchGroup', async (world, who) => {
    const account = await anAccount(world, 'oci');
    await required(world.gate.target(target).writes.memberships).setMembership(linking('member', 'link', account, staff), signal());
    return { change: unlinkOf('oci', { ...who, account }, 'member', staff), isSo: () => !holds(world, account, 'groups', staff) };
  }),
  ofOne('delete a credential', 'scim.deleteApiKey', async (world, who) => {
    const account = await anAccount(world, 'oci');
    const id = String(addCredentialByHand(world.contoso.sandbox.world, account, 'ApiKey')?.['id']);
    return {
      change: unlinkOf('oci', { ...who, account }, 'credential', `ApiKeys/${id}`),
      isSo: () => !holds(world, account, 'credentials', id),
    };
  }),
  ofOne('give an application role', 'scim.createGrant', async (world, who) => {
    const account = await anAccount(world, 'oci');
    return { change: linkOf('oci', { ...who, account }, 'app-role', role), isSo: () => (user(world, account)?.grants ?? []).length === 1 };
  }),
  ofOne('take an application role', 'scim.deleteGrant', async (world, who) => {
    const account = await anAccount(world, 'oci');
    const granted = linking('app-role', 'link', account, role);
    await required(world.gate.target(target).writes.appRoles).setAppRole(granted, signal());
    const [grant] = await required(world.gate.target(target).reads.appRoles).appRolesOf(account, signal());
    const change = unlinkOf('oci', { ...who, account }, 'app-role', required(grant).id);
    return { change, isSo: () => (user(world, account)?.grants ?? []).length === 0 };
  }),
  ofOne('remove second factors', 'scim.removeAuthenticationFactors', async (world, who) => {
    const account = await anAccount(world, 'oci');
    saveFactor(world.contoso.sandbox.world, { id: `f1${account.slice(2)}`, userId: account, kind: 'device', name: 'phone' });
    const isSo = () => !holds(world, account, 'factors', 'phone');
    return { change: unlinkOf('oci', { ...who, account }, 'method', 'MFA'), isSo };
  }),
  ofOne('delete a user', 'scim.deleteUser', async (world, who) => {
    const account = await anAccount(world, 'oci');
    return { change: deleteOf('oci', { person: who.person, account }), isSo: () => user(world, account) === undefined };
  }),
];
