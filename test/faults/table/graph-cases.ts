import { z } from 'zod';
import { servicePrincipals } from '../../../sandbox/graph/app-roles/service-principals.ts';
import { graphUser } from '../../../sandbox/graph/graph-state.ts';
import { required } from '../../contracts/expected.ts';
import { mobilePhoneId } from '../../../sandbox/graph/methods/phone-types.ts';
import { insertMethod } from '../../../sandbox/graph/methods/method-store.ts';
import { issuing, linking } from '../../contracts/changes.ts';
import { changeOf } from '../../gate/changes-of.ts';
import type { GateWorld } from '../../gate/gate-world.ts';
import { aWorker, hire, linkExisting } from '../../gate/people.ts';
import { accountsOf, mailsUnder, passesOf } from '../../gate/seen.ts';
import { actOf, anAccount, deleteOf, linkOf, restoreOf, type Someone, someone, unlinkOf, updateOf } from './changes.ts';
import { rowsOf } from './rows-of.ts';
import type { FaultCase } from './fault-case.ts';

const entra = 'entra:contoso';
const allContractors = 'a1000000-0000-4000-8000-000000000002';
const licence = '66b55226-6b4f-492c-910c-a3b7a3c9d993';
const crm = 'f4000000-0000-4000-8000-000000000001';
const signal = () => AbortSignal.timeout(20_000);

const userSchema = z.looseObject({
  id: z.string(),
  deleted: z.boolean(),
  accountEnabled: z.boolean(),
  jobTitle: z.string().nullish(),
  manager: z.string().nullable(),
  groups: z.array(z.string()),
  methods: z.array(z.looseObject({ id: z.string() })),
  appRoles: z.array(z.object({ id: z.string(), resourceId: z.string(), appRoleId: z.string() })),
  assignedLicenses: z.array(z.looseObject({ skuId: z.string() })).nullish(),
  signInSessionsValidFromDateTime: z.string().nullish(),
  automaticRepliesSetting: z.unknown(),
});
type User = z.infer<typeof userSchema>;

function user(world: GateWorld, id: string): User | undefined {
  return userSchema.optional().parse(graphUser(world.contoso.sandbox.world, id));
}

const ofOne = rowsOf({ connector: 'Entra ID', system: 'graph', kind: 'entra' });

/** A row whose tries do a thing and undo it in turn, where `done` says whether it is done. */
function inTurn(world: GateWorld, who: Someone, done: (one: User) => boolean): { readonly isDone: boolean; readonly isSo: () => boolean } {
  const isDone = done(required(user(world, who.account)));
  return { isDone, isSo: () => done(required(user(world, who.account))) !== isDone };
}

/** The calls of Microsoft Graph that change something in Entra ID, and the mails that go through it. */
export const graphCases: readonly FaultCase[] = [
  {
    connector: 'Entra ID',
    call: 'create a user',
    system: 'graph',
    operation: 'users.create',
    prepare: (world) =>
      Promise.resolve(async () => {
        const worker = aWorker();
        const person = await hire(world, worker);
        const change = await changeOf(world, person, 'create-account', { target: entra });
        return { person, change, isSo: () => accountsOf(world, 'entra', worker.workerId).length === 1 };
      }),
  },
  ofOne('update a user', 'users.update', async (world, who, count) => {
    const jobTitle = `Title ${count}`;
    return { change: updateOf('entra', who, { jobTitle }), isSo: () => user(world, who.account)?.jobTitle === jobTitle };
  }),
  ofOne('disable and enable a user', 'users.update', async (world, who) => {
    const { isDone, isSo } = inTurn(world, who, (one) => one.accountEnabled);
    return { change: updateOf('entra', who, { enabled: !isDone }, isDone ? 'contain' : 'enable'), isSo };
  }),
  ofOne('set the manager', 'users.setManager', async (world, who, count) => {
    const id = await anAccount(world, 'entra');
    return { change: updateOf('entra', who, { manager: { id } }), isSo: () => count > 0 && user(world, who.account)?.manager === id };
  }),
  ofOne('delete a user', 'users.delete', async (world, who) => {
    const account = await anAccount(world, 'entra');
    return { change: deleteOf('entra', { person: who.person, account }), isSo: () => user(world, account)?.deleted === true };
  }),
  ofOne('restore a user', 'users.restore', async (world, who) => {
    const account = await anAccount(world, 'entra', true);
    return { change: restoreOf('entra', { person: who.person, account }), isSo: () => user(world, account)?.deleted === false };
  }),
  ofOne('add a member', 'groups.addMember', async (world, who) => {
    const other = { ...who, account: await anAccount(world, 'entra') };
    return {
      change: linkOf('entra', other, 'member', allContractors),
      isSo: () => user(world, other.account)?.groups.includes(allContractors) === true,
    };
  }),
  ofOne('remove a member', 'groups.removeMember', async (world, who) => {
    const other = { ...who, account: await anAccount(world, 'entra') };
    await required(world.gate.target(entra).writes.memberships).setMembership(
      linking('member', 'link', other.account, allContractors),
      signal(),
    );
    return {
      change: unlinkOf('entra', other, 'member', allContractors),
      isSo: () => user(world, other.account)?.groups.includes(allContractors) === false,
    };
  }),
  ofOne('give and take a licence', 'users.assignLicense', async (world, who) => {
    const { isDone, isSo } = inTurn(world, who, (one) => (one.assignedLicenses ?? []).some(({ skuId }) => skuId === licence));
    return { change: isDone ? unlinkOf('entra', who, 'licence', licence) : linkOf('entra', who, 'licence', licence), isSo };
  }),
  ofOne('give an application role', 'appRoleAssignments.create', async (world, who) => {
    const other = { ...who, account: await anAccount(world, 'entra') };
    const wanted = aRole();
    return { change: linkOf('entra', other, 'app-role', wanted), isSo: () => user(world, other.account)?.appRoles.length === 1 };
  }),
  ofOne('take an application role', 'appRoleAssignments.delete', async (world, who) => {
    const account = await anAccount(world, 'entra');
    const given = linking('app-role', 'link', account, aRole());
    await required(world.gate.target(entra).writes.appRoles).setAppRole(given, signal());
    const id = required(user(world, account)?.appRoles[0]).id;
    return { change: unlinkOf('entra', { ...who, account }, 'app-role', id), isSo: () => user(world, account)?.appRoles.length === 0 };
  }),
  {
    connector: 'Entra ID',
    call: 'issue a pass',
    system: 'graph',
    operation: 'temporaryAccessPass.create',
    prepare: (world) =>
      Promise.resolve(async () => {
        const { person, account } = await someone(world, 'entra');
        const given = { target: entra, lifetimeMinutes: 60, usableOnce: true, mail: 'pass-for-manager' };
        const change = await changeOf(world, person, 'issue-pass', given);
        const isTold = () => mailsUnder(world, change).filter(({ isDraft }) => !isDraft).length === 1;
        return { person, change, isSo: () => passesOf(world, account).length === 1 && isTold() };
      }),
  },
  ofOne('delete a pass', 'temporaryAccessPass.delete', async (world, who) => {
    const account = await anAccount(world, 'entra');
    await required(world.gate.target(entra).writes.passes).issue(issuing(account, { lifetimeMinutes: 60 }), signal());
    const id = required(passesOf(world, account)[0]);
    return { change: unlinkOf('entra', { ...who, account }, 'pass', id), isSo: () => passesOf(world, account).length === 0 };
  }),
  ofOne('delete an authentication method', 'phoneMethods.delete', async (world, who) => {
    const account = await anAccount(world, 'entra');

    const { database } = world.contoso.sandbox.world;
    insertMethod(database, account, {
      id: mobilePhoneId,
      type: 'phone',
      body: {
        createdDateTime: '2026-01-05T08:00:00Z',
        phoneNumber: '+351 210000000',
        phoneType: 'mobile',
        smsSignInState: 'notAllowedByPolicy',
      },
    });
    const found = await required(world.gate.target(entra).reads.methods).methodsOf(account, signal());
    const phone = required(found.find(({ kind }) => kind === 'phone'));
    const isSo = () => user(world, account)?.methods.every((one) => one.id !== mobilePhoneId) === true;
    return { change: unlinkOf('entra', { ...who, account }, 'method', phone.id), isSo };
  }),
  ofOne('revoke sessions', 'users.revokeSignInSessions', (world, who) => {
    const before = user(world, who.account)?.signInSessionsValidFromDateTime;
    world.contoso.sandbox.world.clock.setOffset(world.contoso.sandbox.world.clock.offsetMs() + 2_000);
    world.advance(2_000);
    const isSo = () => user(world, who.account)?.signInSessionsValidFromDateTime !== before;
    return Promise.resolve({ change: actOf('entra', who, 'revoke'), isSo });
  }),
  {
    connector: 'Entra ID',
    call: 'set an automatic reply',
    system: 'graph',
    operation: 'mailboxSettings.update',
    prepare: async (world) => {
      const person = await hire(world, aWorker({ workerId: '20004' }));
      const account = await linkExisting(world, person, entra, '20004');
      let count = 0;
      return () => {
        count += 1;
        const autoReply = `Reply ${count}.`;
        const change = { ...updateOf('entra', { person, account }, { autoReply }), kind: 'mailbox' } as const;
        const isSo = () => JSON.stringify(user(world, account)?.automaticRepliesSetting).includes(autoReply);
        return Promise.resolve({ person, change, isSo });
      };
    },
  },
  mailed('write a draft', 'messages.create'),
  mailed('send a draft', 'messages.send'),
];

/** The role `User` of Contoso CRM, as an assignment names it. */
function aRole(): string {
  const id = servicePrincipals.find((one) => one.id === crm)?.appRoles[0]?.id;
  return `${crm}/${required(id)}`;
}

function mailed(call: string, operation: string): FaultCase {
  return {
    connector: 'Mail',
    call,
    system: 'graph',
    operation,
    prepare: async (world) => {
      const { person } = await someone(world, 'entra');
      let count = 0;
      return async () => {
        count += 1;
        const planned = await changeOf(world, person, 'send-mail', { template: 'welcome', to: 'help-desk' });
        const change = planned.as === 'act' ? { ...planned, key: `${planned.key}/${operation}/${count}` } : planned;
        return { person, change, isSo: () => mailsUnder(world, change).filter(({ isDraft }) => !isDraft).length === 1 };
      };
    },
  };
}
