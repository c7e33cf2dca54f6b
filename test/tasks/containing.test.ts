import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '../../shared/domain/change.ts';
import { required } from '../contracts/expected.ts';
import { perform } from '../gate/apply.ts';
import { planOf } from '../gate/changes-of.ts';
import { type GateWorld, startGateWorld } from '../gate/gate-world.ts';
import { aRun, aWorker, hire, linkExisting } from '../gate/people.ts';

let world: GateWorld;
beforeAll(async () => {
  world = await startGateWorld();
});
afterAll(() => world.stop());
afterEach(() => world.contoso.sandbox.world.faults.clear());

const signal = () => AbortSignal.timeout(10_000);
const targets = ['ad:contoso', 'entra:contoso', 'oci:contoso'] as const;

/** Somebody of the company, with the accounts that they have. */
async function known(workerId: string, workerType: 'employee' | 'contractor', where: readonly string[] = targets) {
  const person = await hire(world, aWorker({ workerId, workerType }));
  const accounts: Record<string, string> = {};
  for (const target of where) accounts[target] = await linkExisting(world, person, target, workerId);
  return { person, accounts, account: (target: string) => required(accounts[target]) };
}

async function contain(person: string, target: string) {
  const run = await aRun(world, person);
  const from = target === 'entra:contoso' ? { from: 'ad:contoso' } : {};
  return perform(world, run, 'contain-account', { target, ...from });
}

function claimed(result: { readonly claim?: Claim }): Claim {
  return required(result.claim);
}

describe('an account in Active Directory that is contained', () => {
  it('is disabled, has a password that nobody knows, and is claimed closed on the controllers that show it so', async () => {
    const { person, account } = await known('10011', 'employee');
    const reads = world.gate.target('ad:contoso').reads;
    const before = await required(reads.passwords).lastSet(account('ad:contoso'), signal());
    const result = await contain(person, 'ad:contoso');
    expect(result.summary).toBe('disabled; password set to one that nobody knows');
    expect((await required(reads.accounts).byId(account('ad:contoso'), signal()))?.enabled).toBe(false);
    expect(await required(reads.passwords).lastSet(account('ad:contoso'), signal())).toBeGreaterThan(before ?? 0);
    expect(claimed(result)).toMatchObject({ is: 'closed', claims: expect.stringMatching(/^closed on (\d) of \1 controller/) });
    expect(claimed(result).remains).toContain('Kerberos tickets: 10 hours by default');
    expect((await planOf(world, person, 'contain-account', { target: 'ad:contoso' })).changes).toEqual([]);
  });
});

describe('a cloud user who is contained', () => {
  it('is disabled, loses sessions and passes, and new sign-in is claimed closed', async () => {
    const { person, account } = await known('20003', 'contractor', ['entra:contoso']);
    const reads = world.gate.target('entra:contoso').reads;
    const result = await contain(person, 'entra:contoso');
    expect(result.summary).toContain('disabled; sessions revoked');
    expect(await required(reads.accounts).byId(account('entra:contoso'), signal())).toMatchObject({ enabled: false });
    expect((await required(reads.passes).passesOf(account('entra:contoso'), signal())).filter(({ live }) => live)).toEqual([]);
    expect(claimed(result)).toMatchObject({ is: 'closed', claims: 'new sign-in closed' });
    expect(claimed(result).remains).toContain("an app's own cookies: unknown");
    expect((await planOf(world, person, 'contain-account', { target: 'entra:contoso' })).changes).toEqual([]);
  });

  it('and whom somebody enables again is contained again, sessions included', async () => {
    const { person, account } = await known('20004', 'contractor', ['entra:contoso']);
    await contain(person, 'entra:contoso');
    const { sandbox } = world.contoso;
    await fetch(`${sandbox.urls.control}/graph/users/${account('entra:contoso')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ accountEnabled: true }),
    });
    const plan = await planOf(world, person, 'contain-account', { target: 'entra:contoso' });
    expect(plan.changes.map((change) => change.do)).toEqual(['update', 'revoke']);
  });
});

describe('a synced user who is contained', () => {
  it('is claimed provisional until AD is disabled and a sync has left the block there', async () => {
    const { person, accounts } = await known('10014', 'employee');
    const result = await contain(person, 'entra:contoso');
    expect(claimed(result)).toMatchObject({ is: 'provisional' });
    expect(claimed(result).remains[0]).toBe('the next sync could enable it again');
    expect(Object.keys(accounts)).toHaveLength(3);
  });
});

describe('a user in OCI who is contained', () => {
  it('is inactive with every capability off, and claimed closed once no credential is usable', async () => {
    const { person, account } = await known('10015', 'employee');
    const result = await contain(person, 'oci:contoso');
    const reads = world.gate.target('oci:contoso').reads;
    const found = required(await required(reads.accounts).byId(account('oci:contoso'), signal()));
    expect(found.enabled).toBe(false);
    expect(Object.entries(found.attributes).filter(([name, value]) => name.startsWith('canUse') && value === true)).toEqual([]);
    expect(claimed(result)).toEqual({
      target: 'oci:contoso',
      is: 'closed',
      claims: 'closed',
      remains: ['a signed-in session until sign-out'],
    });
    expect((await planOf(world, person, 'contain-account', { target: 'oci:contoso' })).changes).toEqual([]);
  });

  it('is not claimed closed while a kind of credential cannot be read', async () => {
    const { person } = await known('10012', 'employee', ['oci:contoso']);
    world.contoso.sandbox.world.faults.add({
      system: 'oci',
      operation: 'scim.listApiKeys',
      nth: 1,
      times: 50,
      phase: 'before',
      effect: { status: 403 },
    });
    const result = await contain(person, 'oci:contoso');
    expect(claimed(result)).toMatchObject({ is: 'open', claims: 'not closed: credentials could not be read: ApiKeys' });
  });
});

it('somebody without an account in the target has nothing to contain there', async () => {
  const person = await hire(world, aWorker());
  const result = await contain(person, 'oci:contoso');
  expect(result).toMatchObject({ state: 'already', gaps: 0, claim: { is: 'closed', claims: 'no account here' } });
});
