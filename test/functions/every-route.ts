import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';

const binding = z.object({ type: z.string(), authLevel: z.string().optional(), methods: z.array(z.string()).optional() });
const listed = z.array(
  z.object({ name: z.string(), invoke_url_template: z.string().nullable(), config: z.object({ bindings: z.array(binding) }) }),
);

// What anybody gets, and nothing else: states without words, the handshake and the hints of a tenant (400: this is none), the way to sign in, the way out.
const open: Readonly<Record<string, number>> = {
  'get-health': 200,
  'graph-notifications': 400,
  'graph-lifecycle': 400,
  console: 303,
  'console-sign-in': 200,
  'console-sign-out': 303,
};

/** Headers with which somebody without a token might try. */
const attempts = (key: string): Readonly<Record<string, Record<string, string>>> => {
  const principal = { auth_typ: 'aad', claims: [{ typ: 'roles', val: 'admin' }], role_typ: 'roles' };
  const encoded = Buffer.from(JSON.stringify(principal)).toString('base64');
  return {
    nothing: {},
    'the headers of Easy Auth': {
      'x-ms-client-principal': encoded,
      'x-ms-client-principal-id': 'admin',
      'x-ms-token-aad-id-token': 'a.b.c',
    },
    'the master key of the host': { 'x-functions-key': key },
  };
};

/** Every function that HTTP reaches, as the host lists them: none is missed. */
export function everyRouteIsLocked(stage: () => Gatehouse): void {
  const key = (): string => readFileSync(join(stage().product.dataFolder, 'master-key'), 'utf8').trim();
  const functions = async () => {
    const answer = await stage().request('/admin/functions', { headers: { 'x-functions-key': key() } });
    return listed.parse(await answer.json()).flatMap(({ name, invoke_url_template: template, config: { bindings } }) => {
      const trigger = bindings.find(({ type }) => type.toLowerCase() === 'httptrigger');
      const path = template === null ? '' : new URL(template).pathname;
      return trigger === undefined
        ? []
        : (trigger.methods ?? []).map((method) => ({ name, method: method.toUpperCase(), path: concrete(path) }));
    });
  };
  const call = async ({ method, path }: { method: string; path: string }, headers: Record<string, string>) => {
    const body = method === 'GET' ? {} : { body: '{}' };
    return stage().request(path, { method, headers: { 'content-type': 'application/json', ...headers }, ...body });
  };

  describe('Every route by itself', () => {
    it('refuses who proves nothing, whatever the headers of a front say and whatever key of the host is shown', async () => {
      const all = await functions();
      expect(all.length).toBeGreaterThan(38);
      for (const [what, headers] of Object.entries(attempts(key())))
        for (const one of all) {
          const response = await call(one, headers);
          const isSentToSignIn = response.headers.get('location')?.startsWith('/console/sign-in?') === true;
          const got = isSentToSignIn ? 401 : response.status;
          expect([what, one.name, got]).toEqual([what, one.name, open[one.name] ?? 401]);
        }
    });

    it('is open by name where it is open, and no such name is out of use', async () => {
      const names = (await functions()).map(({ name }) => name);
      expect(Object.keys(open).filter((name) => !names.includes(name))).toEqual([]);
    });

    it('tells of health without a role that something is down, and not why', async () => {
      const health = z.object({ dependencies: z.array(z.object({ name: z.string(), message: z.string().nullable() })) });
      const refuse = {
        system: 'hr',
        operation: 'workers.list',
        times: 50,
        phase: 'before',
        effect: { status: 503, code: 'hr-is-down' },
      };
      await stage().world.post('/faults', refuse);
      const short = health.parse(await (await stage().request('/api/health')).json());
      const whole = health.parse(await stage().product.ask('/api/health'));
      await fetch(`${stage().world.settings['GATEHOUSE_HR_URL'] ?? ''}/faults`, { method: 'DELETE' });
      expect(short.dependencies.every(({ message }) => message === null)).toBe(true);
      expect(whole.dependencies.find(({ name }) => name === 'hr:contoso')?.message).toContain('503');
    });
  });

  describe('The durable management API', () => {
    it('answers nobody without its own key, which no answer of ours shows', async () => {
      const base = '/runtime/webhooks/durabletask';
      const calls = [
        ['GET', `${base}/instances`],
        ['GET', `${base}/instances/some-run.1`],
        ['POST', `${base}/instances/some-run.1/terminate?reason=x`],
        ['POST', `${base}/instances/some-run.1/raiseEvent/x`],
        ['DELETE', `${base}/instances/some-run.1`],
        ['POST', `${base}/orchestrators/run-workflow`],
        ['GET', `${base}/entities`],
      ] as const;
      const token = { authorization: `Bearer ${await stage().token({ client: 'admin' })}` };
      for (const headers of [{}, token, { 'x-functions-key': 'wrong' }, { 'x-ms-client-principal': 'e30=' }])
        for (const [method, path] of calls)
          expect([method, path, (await call({ method, path }, headers)).status]).toEqual([method, path, 401]);
    });
  });
}

function concrete(path: string): string {
  return decodeURIComponent(path)
    .replace('{source}', path.endsWith('/csv') ? 'csv' : 'generic')
    .replaceAll(/\{[^}]+\}/g, 'some');
}
