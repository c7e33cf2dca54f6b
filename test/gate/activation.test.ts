import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ociState } from '../../sandbox/oci/oci-state.ts';
import { createResource, patchResource } from '../../sandbox/oci/resource-commands.ts';
import { type Fault, nextCallFails } from '../contracts/contoso.ts';
import { perform } from './apply.ts';
import { planOf } from './changes-of.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from './people.ts';

const target = 'oci:contoso';
const schema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const oracle = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User';
let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterEach(() => world.contoso.sandbox.world.faults.clear());
afterAll(() => world.stop());

/** Somebody with an account in the domain that was made outside Gatehouse. */
async function withAccount(about: Readonly<Record<string, unknown>> = {}) {
  const worker = aWorker();
  const person = await hire(world, worker);
  const address = `${worker.workerId}@contoso.example`;
  const name = { familyName: 'Teste' };
  const emails = [{ value: address, type: 'work', primary: true }];
  const { active = true, ...extension } = about;
  const body = { schemas: [schema, enterprise, oracle], userName: address, name, emails, active, [oracle]: extension };
  createResource(world.contoso.sandbox.world, 'User', { ...body, [enterprise]: { employeeNumber: worker.workerId } });
  const account = await linkExisting(world, person, target, worker.workerId);
  return { person, account };
}

function mailsTo(account: string): number {
  const { mails } = ociState(world.contoso.sandbox.world) as { readonly mails: readonly { readonly userId: string }[] };
  return mails.filter(({ userId }) => userId === account).length;
}

const send = async (person: string) => perform(world, await aRun(world, person), 'send-activation', { target });

describe('the activation mail of an identity domain', () => {
  it('is sent again to who has not set a password there yet', async () => {
    const { person, account } = await withAccount();
    expect(mailsTo(account)).toBe(1);
    expect(await send(person)).toMatchObject({ state: 'done', gaps: 0 });
    expect(mailsTo(account)).toBe(2);
  });

  it.each<[string, Fault]>([
    ['was lost before it took effect', { phase: 'before', effect: { reset: true } }],
    ['was lost after it', { phase: 'after', effect: { reset: true } }],
    ['was to come again later', { phase: 'before', effect: { status: 429, retryAfter: 0.5 } }],
  ])('is sent again where the answer %s', async (how, fault) => {
    const { person, account } = await withAccount();
    nextCallFails(world.contoso, 'oci', 'scim.initiateActivation', fault);
    expect(await send(person)).toMatchObject({ state: 'done', gaps: 0 });
    expect(world.contoso.sandbox.world.faults.list().map(({ fired }) => fired)).toEqual([1]);
    expect(mailsTo(account)).toBe(how.includes('after it') ? 3 : 2);
  });

  it('is not sent without end where no answer ever comes, and then nobody claims to know', async () => {
    const { person, account } = await withAccount();
    const lost = {
      system: 'oci',
      operation: 'scim.initiateActivation',
      nth: 1,
      times: 100,
      phase: 'after',
      effect: { reset: true },
    } as const;
    world.contoso.sandbox.world.faults.add(lost);
    expect(await send(person)).toMatchObject({ state: 'unknown', summary: expect.stringContaining('ask the recipient') });
    expect(mailsTo(account)).toBeLessThan(15);
  });

  it.each([401, 403, 404])('is not called sent where the endpoint answers %d', async (status) => {
    const { person, account } = await withAccount();
    const times = status === 401 ? 2 : 1;
    world.contoso.sandbox.world.faults.add({
      system: 'oci',
      operation: 'scim.initiateActivation',
      nth: 1,
      times,
      phase: 'before',
      effect: { status },
    });
    expect(await send(person)).toMatchObject({ state: 'failed' });
    expect(mailsTo(account)).toBe(1);
  });

  it('goes to nobody who signs in through another system, has activated already, or may not sign in', async () => {
    const federated = await withAccount({ isFederatedUser: true });
    expect(await send(federated.person)).toMatchObject({ state: 'skipped', summary: expect.stringContaining('through another system') });
    const inactive = await withAccount({ active: false });
    expect(await send(inactive.person)).toMatchObject({ state: 'skipped', summary: expect.stringContaining('not active') });
    const active = await withAccount({ bypassNotification: true });
    expect((await planOf(world, active.person, 'send-activation', { target })).changes).toEqual([]);
    for (const { account } of [federated, inactive]) expect(mailsTo(account)).toBe(1);
  });

  it('is never sent for somebody privileged', async () => {
    const { person, account } = await withAccount();
    const members = [{ op: 'add', path: 'members', value: [{ value: account, type: 'User' }] }];
    const group = { type: 'Group', id: 'b1000000000000000000000000000003', ifMatch: undefined } as const;
    patchResource(world.contoso.sandbox.world, group, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: members });
    expect(await send(person)).toMatchObject({ gaps: 1, summary: expect.stringContaining('privilege') });
    expect(mailsTo(account)).toBe(1);
  });
});
