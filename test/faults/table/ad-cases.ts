import { directoryState } from '../../../sandbox/directory/directory-state.ts';
import { linking } from '../../contracts/changes.ts';
import { required } from '../../contracts/expected.ts';
import { changeOf } from '../../gate/changes-of.ts';
import type { GateWorld } from '../../gate/gate-world.ts';
import { aWorker, hire } from '../../gate/people.ts';
import { accountsOf, guid } from '../../gate/seen.ts';
import { actOf, anAccount, deleteOf, linkOf, restoreOf, unlinkOf, updateOf } from './changes.ts';
import { rowsOf } from './rows-of.ts';
import type { FaultCase } from './fault-case.ts';

const target = 'ad:contoso';
const staff = 'd1000000-0000-4000-8000-000000000001';
const leavers = 'OU=Leavers,DC=corp,DC=contoso,DC=example';
const signal = () => AbortSignal.timeout(20_000);

/** The object as the directory holds it; undefined where it is deleted. */
function entry(world: GateWorld, id: string): Readonly<Record<string, unknown>> | undefined {
  return directoryState(world.contoso.sandbox.world).objects.find((one) => guid(String(one['objectGUID'])) === id);
}

function isMember(world: GateWorld, account: string): boolean {
  const dn = entry(world, account)?.['dn'];
  return typeof dn === 'string' && JSON.stringify(entry(world, staff)?.['member'] ?? '').includes(dn);
}

const ofOne = rowsOf({ connector: 'Active Directory', system: 'directory', kind: 'ad' });

/** The LDAP operations that change something in Active Directory. */
export const adCases: readonly FaultCase[] = [
  {
    connector: 'Active Directory',
    call: 'create an account',
    system: 'directory',
    operation: 'ldap.add',
    prepare: (world) =>
      Promise.resolve(async () => {
        const worker = aWorker({ workerType: 'employee' });
        const person = await hire(world, worker);
        const change = await changeOf(world, person, 'create-account', { target });
        return { person, change, isSo: () => accountsOf(world, 'ad', worker.workerId).length === 1 };
      }),
  },
  ofOne('update an account', 'ldap.modify', (world, who, count) => {
    const title = `Title ${count}`;
    return Promise.resolve({ change: updateOf('ad', who, { title }), isSo: () => entry(world, who.account)?.['title'] === title });
  }),
  ofOne('disable and enable an account', 'ldap.modify', (world, who) => {
    const flags = () => Number(entry(world, who.account)?.['userAccountControl']) & 2;
    const before = flags();
    const change = updateOf('ad', who, { enabled: before !== 0 }, before === 0 ? 'contain' : 'enable');
    return Promise.resolve({ change, isSo: () => flags() !== before });
  }),
  ofOne('move an account', 'ldap.modifyDn', async (world, who) => {
    const account = await anAccount(world, 'ad');
    const isSo = () => String(entry(world, account)?.['dn']).endsWith(leavers);
    return { change: updateOf('ad', { person: who.person, account }, { ou: leavers }), isSo };
  }),
  ofOne('add a member', 'ldap.modify', async (world, who) => {
    const account = await anAccount(world, 'ad');
    return { change: linkOf('ad', { ...who, account }, 'member', staff), isSo: () => isMember(world, account) };
  }),
  ofOne('remove a member', 'ldap.modify', async (world, who) => {
    const account = await anAccount(world, 'ad');
    await required(world.gate.target(target).writes.memberships).setMembership(linking('member', 'link', account, staff), signal());
    return { change: unlinkOf('ad', { ...who, account }, 'member', staff), isSo: () => !isMember(world, account) };
  }),
  ofOne('reset the password', 'ldap.modify', async (world, who) => {
    const set = () => entry(world, who.account)?.['pwdLastSet'];
    const before = set();
    return Promise.resolve({ change: actOf('ad', who, 'reset'), isSo: () => set() !== before });
  }),
  ofOne('delete an account', 'ldap.delete', async (world, who) => {
    const account = await anAccount(world, 'ad');
    return { change: deleteOf('ad', { person: who.person, account }), isSo: () => entry(world, account) === undefined };
  }),
  ofOne('restore an account', 'ldap.modify', async (world, who) => {
    const account = await anAccount(world, 'ad', true);
    return { change: restoreOf('ad', { person: who.person, account }), isSo: () => entry(world, account) !== undefined };
  }),
];
