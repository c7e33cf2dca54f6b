import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deleting } from './changes.ts';
import { startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

const signal = AbortSignal.timeout(60_000);
const nobody = '0'.repeat(32);
const somebody = 'b2000000000000000000000000010009';
const staff = 'b1000000000000000000000000000001';
let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso();
});
afterEach(() => contoso.sandbox.world.faults.clear());
afterAll(() => contoso.stop());

const byId = (id: string) => required(contoso.targets.oci.reads.accounts).byId(id, signal);
const group = (id: string) => required(contoso.targets.oci.reads.memberships).group(id, signal);
const remove = (id: string) => required(contoso.targets.oci.writes.accounts).delete(deleting(id), signal);
const answers404 = (operation: string) =>
  contoso.sandbox.world.faults.add({ system: 'oci', operation, nth: 1, times: 1, phase: 'before', effect: { status: 404 } });

describe('an account in OCI IAM', () => {
  it('is gone where the read answers 404 and the search shows none', async () => {
    expect(await byId(nobody)).toBeUndefined();
    expect(await group(nobody)).toBeUndefined();
    expect(await remove(nobody)).toMatchObject({ is: 'accepted' });
  });

  it('is not taken for gone where the endpoint answers 404 to everything, as behind a wrong address', async () => {
    for (const operation of ['scim.getUser', 'scim.searchUsers']) answers404(operation);
    await expect(byId(somebody)).rejects.toMatchObject({ code: 'not-verified', message: expect.stringContaining('GATEHOUSE_OCI_URL') });
    for (const operation of ['scim.getGroup', 'scim.searchGroups']) answers404(operation);
    await expect(group(staff)).rejects.toMatchObject({ code: 'not-verified' });
  });

  it('is not taken for gone where the read answers 404 and the search shows it', async () => {
    answers404('scim.getUser');
    await expect(byId(somebody)).rejects.toMatchObject({ code: 'not-verified', message: expect.stringContaining('its search shows it') });
    expect(await byId(somebody)).toMatchObject({ id: somebody });
  });

  it('is not called deleted where the deletion answers 404 and it is still there, or cannot be looked for', async () => {
    answers404('scim.deleteUser');
    expect(await remove(somebody)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
    for (const operation of ['scim.deleteUser', 'scim.searchUsers']) answers404(operation);
    expect(await remove(somebody)).toMatchObject({ is: 'refused' });
    expect(await byId(somebody)).toMatchObject({ id: somebody });
  });
});
