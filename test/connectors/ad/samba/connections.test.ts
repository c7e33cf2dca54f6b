import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureTls } from '../../../../sandbox/directory/tls/ensure-tls.ts';
import { units } from '../../../../sandbox/directory/domain.ts';
import { company } from '../../../../sandbox/company/company.ts';
import { creating } from '../../../contracts/changes.ts';
import { required } from '../../../contracts/expected.ts';
import { sambaProgram } from '../../../support/samba/start-samba.ts';
import { domainForFile } from './domain-for-file.ts';

const signal = AbortSignal.timeout(600_000);
const chief = required(company.find(({ adObjectGuid }) => adObjectGuid !== null)?.adObjectGuid);

describe.skipIf(sambaProgram === undefined)('connections to a real domain', () => {
  const { target: connect, samba } = domainForFile();
  const address = (scheme: string) => [`${scheme}://${samba().address}`] as const;
  const look = async (settings: Parameters<typeof connect>[0]) => required(connect(settings).reads.accounts).byId(chief, signal);
  let count = 0;
  const account = () => ({
    cn: `Connected ${(count += 1)}`,
    ou: `OU=PT,${units.people}`,
    sAMAccountName: `connected${count}`,
    employeeID: `71${count}`,
    enabled: false,
  });

  it.each(['ldaps', 'ldap'])('are made over %s with TLS before anything is said, and passwords are taken', async (scheme) => {
    const target = connect({ urls: [...address(scheme)] });
    const after = { ...account(), initialPassword: { secret: 'initial-password' as const } };
    expect(await required(target.writes.accounts).create(creating(after), signal)).toMatchObject({ is: 'accepted' });
  });

  it.each(['ldaps', 'ldap'])('are not made over %s where nobody vouches for the certificate, or for the name in it', async (scheme) => {
    const target = { urls: [...address(scheme)] } as const;
    const folder = await mkdtemp(join(tmpdir(), 'stranger-'));
    const { caFile } = await ensureTls(folder);
    await expect(look({ ...target, caFile })).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringMatching(/certificate/),
    });
    await rm(folder, { recursive: true });
    await expect(look({ ...target, serverName: 'dc9.corp.contoso.example' })).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringMatching(/dc9/),
    });
  });

  it('pass over a controller that does not answer, and one that is not there, to the next', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const urls = [`ldaps://127.0.0.1:1`, `ldaps://127.0.0.1:${port}`, ...address('ldaps')] as const;
    expect(await look({ urls: [...urls], timeoutMs: 500 })).toMatchObject({ id: chief });
    silent.close();
  });

  it('are given up with the call, and the next call has one', async () => {
    const target = connect();
    const reads = required(target.reads.accounts);
    await reads.byId(chief, signal);
    samba().freeze(true);
    const given = AbortSignal.timeout(100);
    await expect(reads.byId(chief, given)).rejects.toMatchObject({ code: 'target-unreachable' });
    samba().freeze(false);
    expect(await reads.byId(chief, signal)).toMatchObject({ id: chief });
  });

  it('that hang while an account is made leave it unknown, and looking tells', async () => {
    const target = connect({ timeoutMs: 300 });
    await target.probe(signal);
    const after = account();
    samba().freeze(true);
    const answer = await required(target.writes.accounts).create(creating(after), signal);
    samba().freeze(false);
    expect(answer).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    const looking = () => required(connect().reads.accounts).byEmployeeId(after.employeeID, signal);
    await expect.poll(looking).toHaveLength(1);
  });
});
