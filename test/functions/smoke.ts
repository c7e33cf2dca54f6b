import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';

const checkout = resolve(import.meta.dirname, '../..');
const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';
const granted = z.object({ access_token: z.string() });

/** The smoke test for a tenant of one's own, pointed at the simulated systems: the same command, other settings. */
export function smokeTestIsRun(stage: () => Gatehouse): void {
  const run = async (...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(checkout, 'scripts/smoke-azure.ts'), ...args], {
      env: { PATH: process.env['PATH'], ...(await settings(stage())) },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  };

  describe('npm run smoke:azure', () => {
    it('does nothing in a tenant that was not named as one for tests', async () => {
      expect(await run('--yes')).toMatchObject({ code: 1, output: expect.stringContaining('--test-tenant is missing') });
      const other = await run('--yes', '--test-tenant', '00000000-0000-4000-8000-000000000000');
      expect(other).toMatchObject({
        code: 1,
        output: expect.stringContaining(`Nothing was done: the token of Graph is of the tenant ${tenant}`),
      });
    });

    it('looks, and says what it would do, unless it is told to act', async () => {
      const { code, output } = await run('--test-tenant', tenant);
      expect(output).toMatch(/entra: can be read .*\n.*oci: can be read .*\n.*ad: can be read/);
      expect(output).toMatch(/"SMOKE-\w+","active","contractor","Smoke"/);
      expect(output).toContain('Nothing was done.');
      expect(code).toBe(0);
    });

    it(
      'hires somebody, has them leave, deletes them, and finds in AD, Entra and OCI what Gatehouse tells of each step',
      { timeout: 240_000 },
      async () => {
        const facts = ['Job title=Support Agent', 'Department=Support', 'Location=LIS', 'Country=PT'].flatMap((fact) => ['--fact', fact]);
        const { code, output } = await run('--test-tenant', tenant, '--yes', '--type', 'employee', ...facts);
        expect(output, output).toContain('Nothing differs.');
        for (const step of [
          'joiner-hybrid, ad-account',
          'joiner-hybrid, oci-account',
          'joiner-hybrid, entra-groups',
          'leaver-contain, entra',
          'leaver-strip, ad-groups',
          'leaver-delete, ad',
        ])
          expect(output).toMatch(new RegExp(`agrees +${step} `));
        expect(output).toMatch(/agrees +ad: accounts of SMOKE-\w+ +none +0 found/);
        expect(output).toMatch(/holds +oci-credentials-readable/);
        expect(output).toMatch(/by hand +oci-if-match/);
        expect(output).not.toMatch(/^ +(entra|ad|oci): /m);
        expect(code).toBe(0);
      },
    );
  });
}

async function settings({ world, product, token }: Gatehouse): Promise<Readonly<Record<string, string>>> {
  const of = (name: string): string => world.settings[name] ?? '';
  const graph = of('GATEHOUSE_GRAPH_URL');
  const oci = of('GATEHOUSE_OCI_URL');
  const client = {
    grant_type: 'client_credentials',
    client_id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
    client_secret: 'sandbox-graph-secret',
  };
  const basic = `Basic ${Buffer.from('gatehouse:sandbox-oci-secret').toString('base64')}`;
  return {
    GATEHOUSE_PUBLIC_URL: product.url,
    GATEHOUSE_TOKEN: await token({ client: 'operator' }),
    GATEHOUSE_GRAPH_URL: graph,
    GATEHOUSE_SMOKE_GRAPH_TOKEN: await granting(`${graph}/${tenant}/oauth2/v2.0/token`, {
      ...client,
      scope: 'https://graph.microsoft.com/.default',
    }),
    GATEHOUSE_OCI_URL: oci,
    GATEHOUSE_SMOKE_OCI_TOKEN: await granting(
      `${oci}/oauth2/v1/token`,
      { grant_type: 'client_credentials', scope: 'urn:opc:idm:__myscopes__' },
      { Authorization: basic },
    ),
    GATEHOUSE_AD_URL: of('GATEHOUSE_AD_URL'),
    GATEHOUSE_AD_CA: of('GATEHOUSE_AD_CA'),
    GATEHOUSE_SMOKE_AD_BASE: 'DC=corp,DC=contoso,DC=example',
    GATEHOUSE_SMOKE_AD_USER: 'svc-gatehouse@corp.contoso.example',
    GATEHOUSE_SMOKE_AD_PASSWORD: 'sandbox-ad-secret',
  };
}

async function granting(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  return granted.parse(await response.json()).access_token;
}
