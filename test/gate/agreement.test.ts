import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Change, Outcome } from '../../shared/domain/change.ts';
import { applyChange } from '../../shared/gate/apply-change.ts';
import type { GateDeps, GateRequest } from '../../shared/gate/gate-deps.ts';
import { linking } from '../contracts/changes.ts';
import { required } from '../contracts/expected.ts';
import { type GateWorld, startGateWorld } from './gate-world.ts';
import { aRun, asking, aWorker, hire, linkExisting } from './people.ts';

const entra = 'entra:contoso';
const oci = 'oci:contoso';
const auditors = 'b1000000000000000000000000000003';
const cause = { reference: 'rule:test@1', message: 'a test' };

let world: GateWorld;
const known = async (workerId: string, ...targets: readonly string[]) => {
  const person = await hire(world, aWorker({ workerId, workerType: workerId.startsWith('1') ? 'employee' : 'contractor' }));
  const accounts = await Promise.all(targets.map((target) => linkExisting(world, person, target, workerId)));
  return { person, accounts };
};
/** An employee who is a member of OCI Auditors, and so privileged there and nowhere else. */
let auditor: Awaited<ReturnType<typeof known>>;
beforeAll(async () => {
  world = await startGateWorld();
  auditor = await known('10016', entra, oci);
  const memberships = required(world.contoso.targets.oci.writes.memberships);
  await memberships.setMembership(linking('member', 'link', required(auditor.accounts[1]), auditors), AbortSignal.timeout(10_000));
});
afterAll(() => world.stop());
afterEach(() => world.contoso.sandbox.world.faults.clear());

function shut(target: string, person: string, id: string | undefined): Change {
  const aim = { target, person, kind: 'account', object: { id: required(id) }, effect: 'contain', cause } as const;
  return { ...aim, as: 'reach', do: 'update', before: { enabled: true }, after: { enabled: false } };
}
function join(person: string, id: string | undefined, group: string): Change {
  const aim = { target: entra, person, kind: 'group', object: { id: required(id) }, effect: 'grant', cause } as const;
  return { ...aim, as: 'reach', do: 'link', relation: 'member', other: { id: group } };
}
async function ask(change: Change, given: Partial<GateRequest> = {}, gate: GateDeps = world.gate): Promise<Outcome> {
  const request = { ...asking(await aRun(world, change.person)), ...given };
  const passage = await applyChange(gate, { change, position: 0, request });
  if (passage.is === 'superseded') throw new Error('superseded');
  return passage.outcome;
}

describe('a privileged account that is to be shut', () => {
  it('is not shut because somebody let the run past a brake', async () => {
    const outcome = await ask(shut(oci, auditor.person, auditor.accounts[1]), { released: true });
    expect(outcome).toMatchObject({ is: 'held', reason: { code: 'approval', message: expect.stringMatching(/^OPEN/) } });
  });

  it('keeps the other accounts of the person from being shut by themselves: one may follow the other', async () => {
    const message = expect.stringContaining('the account in oci:contoso holds a privilege');
    expect(await ask(shut(entra, auditor.person, auditor.accounts[0]))).toMatchObject({
      is: 'held',
      reason: { code: 'approval', message },
    });
  });

  it('is shut once two have agreed', async () => {
    expect(await ask(shut(oci, auditor.person, auditor.accounts[1]), { agreed: true })).toMatchObject({ is: 'done' });
  });
});

describe('an account that is to be shut, and whose privileges may not be read', () => {
  it('counts as privileged, and people decide', async () => {
    const { person, accounts } = await known('20003', entra);
    const effect = { status: 403, code: 'Authorization_RequestDenied' };
    const operation = 'roleEligibilityScheduleInstances.list';
    world.contoso.sandbox.world.faults.add({ system: 'graph', operation, nth: 1, times: 50, phase: 'before', effect });
    const message = expect.stringContaining('cannot be read');
    expect(await ask(shut(entra, person, accounts[0]))).toMatchObject({ is: 'held', reason: { code: 'approval', message } });
  });
});

describe('a brake on one and the same group', () => {
  it('holds it, while other groups may still be given', async () => {
    const brake: GateDeps['policy']['brake'] = (effect) => (effect === 'grantOne' ? { limit: 1, windowMs: 3_600_000 } : undefined);
    const gate = { ...world.gate, policy: { ...world.gate.policy, brake } };
    const [team, office] = ['a1000000-0000-4000-8000-000000000005', 'a1000000-0000-4000-8000-00000000000a'] as const;
    const [one, other] = [await known('20010', entra), await known('20011', entra)];
    expect((await ask(join(one.person, one.accounts[0], team), {}, gate)).is).toMatch(/^(done|already)$/);
    const message = expect.stringContaining('of one group');
    expect(await ask(join(other.person, other.accounts[0], team), {}, gate)).toMatchObject({
      is: 'held',
      reason: { code: 'brake', message },
    });
    expect((await ask(join(other.person, other.accounts[0], office), {}, gate)).is).toMatch(/^(done|already)$/);
  });
});
