import { afterEach, describe, expect, it } from 'vitest';
import { createClientCredentialsTokenSource } from '../../../shared/connectors/http/client-credentials-token-source.ts';
import { createFakePace } from './fake-pace.ts';
import { answer, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';

let server: ScriptedServer | undefined;
afterEach(() => server?.stop());
const signal = AbortSignal.timeout(20_000);

async function sourceFor(script: Script, authentication: 'body' | 'basic' = 'body') {
  server = await startScriptedServer(script);
  const pace = createFakePace();
  const settings = {
    system: 'Entra ID',
    tokenUrl: `${server.url}/token`,
    clientId: 'app 1',
    secret: () => Promise.resolve('s:cret'),
    scope: 'all',
    authentication,
  };
  return { server, pace, source: createClientCredentialsTokenSource(settings, pace) };
}
const numbered: Script = (_, number, response) => answer(response, 200, { access_token: `t${number}`, expires_in: 3600 });

describe('a token by client credentials', () => {
  it('is fetched once for all who ask at the same time, and kept until shortly before it expires', async () => {
    const {
      source,
      pace,
      server: { seen },
    } = await sourceFor(numbered);
    expect(await Promise.all([source.token(signal), source.token(signal), source.token(signal)])).toEqual(['t1', 't1', 't1']);
    pace.pass(3_200_000);
    expect(await source.token(signal)).toBe('t1');
    pace.pass(100_000);
    expect(await source.token(signal)).toBe('t2');
    expect(seen).toHaveLength(2);
  });

  it('is fetched anew after it was renewed', async () => {
    const { source } = await sourceFor(numbered);
    await source.token(signal);
    source.renew();
    expect(await source.token(signal)).toBe('t2');
  });

  it('is asked for with the secret in the body, or by HTTP Basic with both parts encoded', async () => {
    const inBody = await sourceFor(numbered);
    await inBody.source.token(signal);
    expect(new URLSearchParams(inBody.server.seen[0]?.body).get('client_secret')).toBe('s:cret');
    await inBody.server.stop();
    const basic = await sourceFor(numbered, 'basic');
    await basic.source.token(signal);
    expect(basic.server.seen[0]?.authorization).toBe(`Basic ${Buffer.from('app%201:s%3Acret').toString('base64')}`);
    expect(basic.server.seen[0]?.body).not.toContain('s:cret');
  });

  it('that is refused says so in the server’s words, without the secret, and is asked for again next time', async () => {
    const { source } = await sourceFor((_, number, response) =>
      number === 1
        ? answer(response, 401, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret.' })
        : answer(response, 200, { access_token: 't2' }),
    );
    const error = await source.token(signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'target-forbidden',
      systemCode: 'invalid_client',
      message: expect.stringContaining('AADSTS7000215'),
    });
    expect(String(error)).not.toContain('s:cret');
    expect(await source.token(signal)).toBe('t2');
  });

  it('does not fail for the others when one caller gives up', async () => {
    const { source } = await sourceFor(numbered);
    const giveUp = new AbortController();
    const [first, second] = [source.token(giveUp.signal), source.token(signal)];
    giveUp.abort();
    await expect(first).rejects.toThrow(/abort/i);
    expect(await second).toBe('t1');
  });
});
