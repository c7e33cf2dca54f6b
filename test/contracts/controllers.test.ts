import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { creating, updating } from './changes.ts';
import { startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

describe('controllers of ad', () => {
  const signal = AbortSignal.timeout(60_000);
  let contoso: Contoso;
  let account: string;
  const views = async () => (await required(contoso.targets.ad.reads.controllers).views(account, signal)).map(({ enabled }) => enabled);
  const change = (directory: { replicationDelayMs?: number; unreachable?: readonly ('dc1' | 'dc2')[] }) =>
    contoso.sandbox.world.changeSettings({ directory });
  const enable = (enabled: boolean) => required(contoso.targets.ad.writes.accounts).update(updating(account, { enabled }), signal);
  beforeAll(async () => {
    contoso = await startContoso();
    const attributes = required(accountSamples.find(({ target }) => target === 'ad')).account(640);
    account = idOf(await required(contoso.targets.ad.writes.accounts).create(creating(attributes), signal));
  });
  afterEach(() => change({ replicationDelayMs: 0, unreachable: [] }));
  afterAll(() => contoso.stop());

  it('are each named by host and port, and show the account as they have it', async () => {
    const found = await required(contoso.targets.ad.reads.controllers).views(account, signal);
    const { ldaps, ldapsSecond } = contoso.sandbox.urls;
    expect(found.map(({ controller }) => `ldaps://${controller}`)).toEqual([ldaps, ldapsSecond]);
    await enable(true);
    expect(await views()).toEqual([true, true]);
  });

  it('differ until what one has written has reached the other', async () => {
    await enable(true);
    change({ replicationDelayMs: 3_600_000 });
    await enable(false);
    expect(await views()).toEqual([false, true]);
    contoso.sandbox.world.clock.setOffset(contoso.sandbox.world.clock.offsetMs() + 3_600_001);
    expect(await views()).toEqual([false, false]);
  });

  it('that cannot be reached show nothing, and the others still show theirs', async () => {
    await enable(false);
    change({ unreachable: ['dc2'] });
    expect(await views()).toEqual([false, null]);
  });

  it('take over from each other when the one that is used cannot be reached', async () => {
    await enable(false);
    change({ unreachable: ['dc1'] });
    expect(await views()).toEqual([null, false]);
    expect(await enable(true)).toMatchObject({ is: 'accepted' });
    expect(await required(contoso.targets.ad.reads.accounts).byId(account, signal)).toMatchObject({ enabled: true });
    change({ unreachable: [] });
    expect(await views()).toEqual([true, true]);
  });

  it('that do not have the account let nobody in with it', async () => {
    const found = await required(contoso.targets.ad.reads.controllers).views('00000000-0000-4000-8000-00000000ffff', signal);
    expect(found.map(({ enabled }) => enabled)).toEqual([false, false]);
  });
});
