import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { saveFactor } from '../../sandbox/oci/factors.ts';
import { unlinking } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

const dmitri = 'b2000000000000000000000000010008';
const code = 'b3000000000000000000000000000001';
const signal = AbortSignal.timeout(60_000);
let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso();
  saveFactor(contoso.sandbox.world, { id: code, userId: dmitri, kind: 'bypassCode', name: 'for the help desk' });
});
afterEach(() => contoso.sandbox.world.faults.clear());
afterAll(() => contoso.stop());

const methods = async () => (await required(contoso.targets.oci.reads.methods).methodsOf(dmitri, signal)).map(({ id }) => id);
const remove = (id: string) => required(contoso.targets.oci.writes.methods).removeMethod(unlinking('method', dmitri, id), signal);

describe('ways to sign in to OCI IAM beside the password', () => {
  it('are second factors, remembered browsers and bypass codes, read on request', async () => {
    expect(await methods()).toEqual([`BypassCodes/${code}`, 'MFA', 'KMSI']);
  });

  it.each([401, 403, 404])('are not called removed where the endpoint answers %d', async (status) => {
    const times = status === 401 ? 2 : 1;
    const operation = 'scim.removeAuthenticationFactors';
    contoso.sandbox.world.faults.add({ system: 'oci', operation, nth: 1, times, phase: 'before', effect: { status } });
    expect(await remove('MFA')).toMatchObject({ is: 'refused', problem: { message: expect.stringContaining(String(status)) } });
    expect(await methods()).toContain('MFA');
  });

  it('are lost from sight when the answer is, and seen to be gone', async () => {
    nextCallFails(contoso, 'oci', 'scim.removeAuthenticationFactors', { phase: 'after', effect: { reset: true } });
    expect(await remove('KMSI')).toMatchObject({ is: 'lost' });
    expect(await methods()).not.toContain('KMSI');
  });

  it('are taken away sort by sort, and gone already is accepted', async () => {
    for (const id of await methods()) expect(await remove(id)).toMatchObject({ is: 'accepted', id: dmitri });
    expect(await methods()).toEqual([]);
    for (const id of ['MFA', `BypassCodes/${code}`]) expect(await remove(id)).toMatchObject({ is: 'accepted' });
  });

  it('of a kind that the domain does not have are refused', async () => {
    expect(await remove('password')).toMatchObject({ is: 'refused' });
    expect(await remove('Devices/1')).toMatchObject({ is: 'refused' });
  });
});
