import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mode } from '../../../shared/domain/mode.ts';
import { createIds } from '../../../shared/connectors/ids/random-ids.ts';
import { cancelHold, resumeHold } from '../../../shared/operations/holds/decide-hold.ts';
import type { ModeKey } from '../../../shared/operations/modes/mode-key.ts';
import { openModes } from '../../../shared/operations/modes/modes.ts';
import { type PushOnly, pushOnlyProduct } from '../push-only.ts';

// One registry for all: each test after the first has a key of its own.
let product: PushOnly;
beforeAll(async () => {
  product = await pushOnlyProduct();
});
afterAll(() => product.close());

/** A start with this configuration. */
function start(configured: Readonly<Record<ModeKey, Mode>>) {
  const clock = { now: () => product.time.now };
  return openModes({ registry: product.registry, clock, ids: createIds(clock) }, configured);
}
const questions = async (key: ModeKey) =>
  (await product.registry.stores.holds.open(100)).filter(({ reference }) => reference.startsWith(`${key}=`));
const asked = async (key: ModeKey) => (await questions(key)).map(({ reference }) => reference);
const resume = async (key: ModeKey, actor: string) =>
  resumeHold(product.operations, { holdId: (await questions(key))[0]?.id ?? '', actor, oid: `oid of ${actor}`, reason: 'we have looked' });

describe('The modes', () => {
  it('hold as they are written at the first start, nobody is asked, and they go down at once', async () => {
    const modes = await start({ 'target/ad:contoso': 'enforce', 'workflow/mover': 'plan' });
    expect([modes.of('target/ad:contoso'), modes.of('workflow/mover'), modes.of('source/unheard-of')]).toEqual([
      'enforce',
      'plan',
      'observe',
    ]);
    expect((await start({ 'target/ad:contoso': 'observe' })).of('target/ad:contoso')).toBe('observe');
    expect(await product.registry.stores.holds.open(100)).toEqual([]);
  });

  it('go up when two people have agreed, each once, and not by one who asks twice; other processes learn of it', async () => {
    const key = 'target/one';
    await start({ [key]: 'observe' });
    const modes = await start({ [key]: 'enforce' });
    const other = await start({ [key]: 'enforce' });
    expect(modes.of(key)).toBe('observe');
    expect(await asked(key)).toEqual(['target/one=enforce']);
    expect(await resume(key, 'one')).toMatchObject({ is: 'waiting', approvals: 1 });
    expect(await resume(key, 'one')).toMatchObject({ is: 'waiting', approvals: 1 });
    expect(modes.of(key)).toBe('observe');
    expect((await resume(key, 'two')).is).toBe('resumed');
    await Promise.all([modes.refresh(), other.refresh()]);
    expect([modes.of(key), other.of(key)]).toEqual(['enforce', 'enforce']);
    expect((await start({ [key]: 'enforce' })).of(key)).toBe('enforce');
    expect(await asked(key)).toEqual([]);
  });

  it('of what comes in later begin with observing, however far they are to go', async () => {
    const key = 'workflow/later';
    expect((await start({ [key]: 'enforce' })).of(key)).toBe('observe');
    expect(await asked(key)).toEqual(['workflow/later=enforce']);
  });

  it('that were refused are not asked for again until the configuration has said something else in between', async () => {
    const key = 'source/refused';
    await start({ [key]: 'enforce' });
    const [{ id } = { id: '' }] = await questions(key);
    await cancelHold(product.operations, { holdId: id, actor: 'one', oid: undefined, reason: 'not yet' });
    expect((await start({ [key]: 'enforce' })).of(key)).toBe('observe');
    expect(await asked(key)).toEqual([]);
    await start({ [key]: 'plan' });
    expect(await asked(key)).toEqual(['source/refused=plan']);
    await start({ [key]: 'enforce' });
    expect(await asked(key)).toEqual(['source/refused=enforce']);
  });

  it('need not be agreed to any more when the configuration has taken them back', async () => {
    const key = 'target/taken-back';
    await start({ [key]: 'enforce' });
    await start({ [key]: 'observe' });
    expect(await asked(key)).toEqual([]);
    expect((await start({ [key]: 'enforce' })).of(key)).toBe('observe');
    expect(await asked(key)).toEqual(['target/taken-back=enforce']);
  });

  it('and what was asked about them stand in the audit', async () => {
    const key = 'target/audited';
    const [after = 0] = (await product.registry.stores.audit.list({ after: 0, limit: 1000 })).map(({ sequence }) => sequence).toReversed();
    await start({ [key]: 'enforce' });
    await resume(key, 'one');
    await resume(key, 'two');
    const rows = await product.registry.stores.audit.list({ after, limit: 100 });
    expect(rows.map(({ action, actor }) => `${actor} ${action}`).toSorted()).toEqual([
      'gatehouse hold.raised',
      'gatehouse mode.set',
      'one hold.agreed',
      'two hold.resumed',
    ]);
  });
});
