import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextCallFails, startContoso, type Contoso } from '../../contracts/contoso.ts';
import { required } from '../../contracts/expected.ts';

const signal = AbortSignal.timeout(60_000);
const id = (number: number) => `a1000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
let contoso: Contoso;
beforeAll(async () => {
  contoso = await startContoso();
});
afterAll(() => contoso.stop());

const group = (one: string, own = signal) => required(contoso.targets.entra.reads.memberships).group(one, own);
async function callsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const { requests } = contoso.sandbox.world;
  const since = requests.since('graph', 0).at(-1)?.sequence ?? 0;
  await work();
  return requests
    .since('graph', since)
    .map(({ operation }) => operation)
    .filter((name) => name !== 'token');
}

describe('groups that are asked for in one go', () => {
  it('come in one call for twenty, each once, in order, and one that is not there is none', async () => {
    const wanted = [
      ...Array.from({ length: 16 }, (_, index) => id(index + 1)),
      id(1),
      id(0xfff),
      id(0xffe),
      id(0xffd),
      id(0xffc),
      id(0xffb),
    ];
    let found: readonly (string | undefined)[] = [];
    const calls = await callsOf(async () => {
      found = (await Promise.all(wanted.map((one) => group(one)))).map((one) => one?.id);
    });
    expect(found).toEqual(wanted.map((one, index) => (index < 17 ? one : undefined)));
    expect(calls.filter((name) => name === 'batch')).toHaveLength(1);
    expect(calls.filter((name) => name === 'groups.get')).toHaveLength(21);
  });

  it('are asked for again alone where an item failed', async () => {
    nextCallFails(contoso, 'graph', 'groups.get', { phase: 'before', effect: { status: 429, retryAfter: 0.1 } });
    const names = await Promise.all([id(1), id(2), id(3)].map(async (one) => (await group(one))?.name));
    expect(names).toEqual(['All Employees', 'All Contractors', 'Platform Team']);
  });

  it('do without a batch where it is one, and whoever gives up disturbs nobody', async () => {
    expect(await callsOf(() => group(id(1)))).toEqual(['groups.get']);
    const gone = AbortSignal.abort();
    const [first, second] = await Promise.allSettled([group(id(1), gone), group(id(2))]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });
});
