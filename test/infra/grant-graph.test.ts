import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { graphGrants } from '../../shared/connectors/http/graph-grants.ts';
import { graphUses } from '../../shared/connectors/http/graph-uses.ts';
import { type AzServer, startAzServer } from './az-server.ts';
import { Directory, principals, vaultId } from './directory-stand-in.ts';

let az: AzServer;
let folder: string;
let directory: Directory;

beforeAll(async () => {
  az = await startAzServer((request) => directory.answer(request));
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-az-'));
  symlinkSync(resolve('test/infra/az-stand-in.sh'), join(folder, 'az'));
});
afterAll(async () => {
  await az.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  directory = new Directory();
  az.requests.length = 0;
  // All but a few are there, as after an earlier version.
  for (const permission of graphGrants.work.filter((one) => one !== 'User.Read.All')) directory.assign(principals.work, permission);
  for (const permission of graphGrants.hands.slice(1)) directory.assign(principals.hands, permission);
});

type Ended = { readonly code: number; readonly out: string };

function run(script: string, given: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = { ...process.env, ...environment, PATH: [folder, process.env['PATH'] ?? ''].join(delimiter), GATEHOUSE_TEST_AZ: az.url };
  return new Promise((ended) => {
    execFile(`scripts/azure/${script}`, given, { env }, (error, stdout, stderr) =>
      ended({ code: Number(error?.code ?? 0), out: `${stdout}${stderr}` }),
    );
  });
}

const identities = Object.entries(principals).flatMap(([role, id]) => ['--identity', `${role}=${id}`]);
const grant = (...given: string[]) => run('grant-graph.sh', [...given, ...identities]);

describe('the permissions of each identity', () => {
  it('are together all that Gatehouse calls Graph with, but for the mailbox and for what has to be asked for', () => {
    const granted = new Set([...graphGrants.work, ...graphGrants.hands]);
    const left = [...new Set(graphUses.map(({ permission }) => permission))].filter((permission) => !granted.has(permission));
    expect(left.toSorted()).toEqual(['AppRoleAssignment.ReadWrite.All', 'Mail.ReadWrite', 'Mail.Send']);
  });

  it('let the internet’s side do nothing, and nobody but hands make a way to sign in', () => {
    expect(graphGrants.ingest).toEqual([]);
    expect(graphGrants.work.filter((permission) => /^UserAuth.*ReadWrite/.test(permission))).toEqual([]);
    expect(graphGrants.hands.filter((permission) => /ReadWrite/.test(permission) && !permission.startsWith('UserAuthMethod-'))).toEqual([]);
  });
});

describe('grant-graph.sh', () => {
  it('only says what is missing, until it is told to grant; then grants that and nothing else, and finds nothing the second time', async () => {
    const [first = ''] = graphGrants.hands;
    const looked = await grant('--with', 'AppRoleAssignment.ReadWrite.All');
    expect(looked).toEqual({
      code: 1,
      out: `work: missing AppRoleAssignment.ReadWrite.All\nwork: missing User.Read.All\nhands: missing ${first}\n`,
    });
    expect(az.requests.filter(({ method }) => method !== 'GET')).toEqual([]);

    const granted = await grant('--apply');
    expect(granted.out).toContain(`work: granted User.Read.All\nhands: granted ${first}\n`);
    expect(granted.code).toBe(0);
    for (const role of ['ingest', 'work', 'hands'] as const) expect(directory.held(principals[role])).toEqual(graphGrants[role]);

    az.requests.length = 0;
    expect(await grant('--apply')).toEqual({ code: 0, out: 'Every identity holds what it needs in Microsoft Graph, and nothing else.\n' });
    expect(az.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('names all that an identity holds beyond its part, with the command that takes it away, and takes nothing away itself', async () => {
    directory.assign(principals.work, 'User.Read.All');
    directory.assign(principals.hands, graphGrants.hands[0] ?? '');
    directory.assign(principals.ingest, 'User.Read.All');
    directory.assign(principals.work, 'Mail.Send');
    directory.assign(principals.work, 'AppRoleAssignment.ReadWrite.All');
    directory.assign(principals.hands, 'anything', vaultId);
    directory.directoryRoles.set(principals.hands, ['Privileged Authentication Administrator']);
    const before = directory.assignments.length;
    const { code, out } = await grant('--apply');
    expect(code).toBe(1);
    const lines = out
      .trim()
      .split('\n')
      .map((line) =>
        line
          .replace(
            / Take it away: az rest --method delete --url "https:\/\/graph\.microsoft\.com\/v1\.0\/servicePrincipals\/[\w-]+\/appRoleAssignments\/[\w-]+"$/,
            ' …',
          )
          .replace(/role [\w-]{36}/, 'role'),
      );
    expect(lines).toEqual([
      'ingest: too much: User.Read.All of Microsoft Graph. …',
      'work: too much: Mail.Send of Microsoft Graph. …',
      'work: too much: AppRoleAssignment.ReadWrite.All of Microsoft Graph. …',
      'hands: too much: role of Azure Key Vault. …',
      'hands: too much: the directory role Privileged Authentication Administrator',
    ]);
    expect(directory.assignments).toHaveLength(before);
  });

  it('stops where Graph refuses, and where it is asked for what no identity is granted', async () => {
    expect(await grant('--with', 'Directory.ReadWrite.All')).toMatchObject({
      code: 2,
      out: expect.stringContaining('Directory.ReadWrite.All: no identity is granted that on request.'),
    });
    directory.answer = () => ({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
    const refused = await grant('--apply');
    expect(refused.code).not.toBe(0);
    expect(refused.out).toContain('Authorization_RequestDenied');
  });
});

describe('mail-scope.sh', () => {
  const environment = Object.fromEntries(
    (['work', 'hands'] as const).flatMap((role) => [
      [`GATEHOUSE_${role.toUpperCase()}_CLIENT`, `client-of-${role}`],
      [`GATEHOUSE_${role.toUpperCase()}_PRINCIPAL`, principals[role]],
      [`GATEHOUSE_${role.toUpperCase()}_IDENTITY`, `gatehouse-test-${role}`],
    ]),
  );

  it('prints the commands of Exchange for one mailbox, and no other address', async () => {
    const { code, out } = await run('mail-scope.sh', ['--mailbox', 'gatehouse@contoso.example'], environment);
    expect(code).toBe(0);
    expect(out).toContain(`New-ServicePrincipal -AppId client-of-work -ObjectId ${principals.work} -DisplayName 'gatehouse-test-work'`);
    expect(out).toContain(`-RecipientRestrictionFilter "PrimarySmtpAddress -eq 'gatehouse@contoso.example'"`);
    expect(out.match(/-Role 'Application Mail\.(ReadWrite|Send)' -CustomResourceScope/g)).toHaveLength(4);
    expect((await run('mail-scope.sh', ['--mailbox', `a@b.example' -or Name -ne 'x`], environment)).code).toBe(2);
  });
});
