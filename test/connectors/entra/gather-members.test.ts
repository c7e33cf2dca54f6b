import { describe, expect, it } from 'vitest';
import { gatherMembers } from '../../../shared/connectors/entra/gather-members.ts';
import type { WriteResult } from '../../../shared/connectors/http/api.ts';

const ok: WriteResult = { is: 'ok', reply: { status: 204, body: undefined, requestId: undefined } };
const refused: WriteResult = { is: 'refused', status: 400, body: undefined, problem: { code: 'target-refused', message: 'no' } };
const lost: WriteResult = { is: 'lost', problem: { code: 'answer-lost', message: 'cut' } };
const patient = AbortSignal.timeout(20_000);

/** Members who are added through a tenant that answers when the test says so; time passes at once. */
function tenant(answer: (accounts: readonly string[]) => WriteResult) {
  const asked: (readonly string[])[] = [];
  const waited: number[] = [];
  const held: (() => void)[] = [];
  const add = gatherMembers(
    async (_, accounts) => {
      asked.push(accounts);
      await new Promise<void>((resolve) => held.push(resolve));
      return answer(accounts);
    },
    { now: () => 0, wait: (ms) => Promise.resolve(void waited.push(ms)) },
  );
  const open = async () => {
    for (let idle = 0; idle < 20; idle += 1) {
      if (held.length > 0) idle = 0;
      for (const go of held.splice(0)) go();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { add, asked, waited, open };
}

const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `p${from + at}`);

describe('members who join one group at about the same time', () => {
  it('go twenty to a request, and no full one waits for anybody', async () => {
    const { add, asked, open } = tenant(() => ok);
    const joining = people(1, 46).map((account) => add('g', { account, signal: patient }));
    expect(asked.map(({ length }) => length)).toEqual([20, 20]);
    await open();
    expect((await Promise.all(joining)).every(({ is }) => is === 'ok')).toBe(true);
    expect(asked.map(({ length }) => length)).toEqual([20, 20, 6]);
  });

  it('are waited for a quarter of a second by the first, and no longer', async () => {
    const { add, asked, waited, open } = tenant(() => ok);
    const alone = add('g', { account: 'p1', signal: patient });
    expect({ asked, waited }).toEqual({ asked: [], waited: [250] });
    await open();
    expect(await alone).toEqual(ok);
    expect(asked).toEqual([['p1']]);
  });

  it('are each added alone, and told their own, where a request for several is refused', async () => {
    const { add, asked, open } = tenant((accounts) => (accounts.includes('p3') ? refused : ok));
    const joining = people(1, 5).map((account) => add('g', { account, signal: patient }));
    await open();
    expect((await Promise.all(joining)).map(({ is }) => is)).toEqual(['ok', 'ok', 'refused', 'ok', 'ok']);
    expect(asked.map(({ length }) => length)).toEqual([5, 1, 1, 1, 1, 1]);
  });

  it('are all to be looked for where the answer is lost', async () => {
    const { add, asked, open } = tenant(() => lost);
    const joining = people(1, 4).map((account) => add('g', { account, signal: patient }));
    await open();
    expect((await Promise.all(joining)).map(({ is }) => is)).toEqual(['lost', 'lost', 'lost', 'lost']);
    expect(asked.map(({ length }) => length)).toEqual([4]);
  });

  it('are left out when they were given up before theirs was sent', async () => {
    const { add, asked, open } = tenant(() => ok);
    const gone = new AbortController();
    const joining = people(1, 3).map((account) => add('g', { account, signal: account === 'p2' ? gone.signal : patient }));
    gone.abort();
    await open();
    await Promise.all(joining);
    expect(asked).toContainEqual(['p1', 'p3']);
  });

  it('of another group go by themselves', async () => {
    const { add, asked, open } = tenant(() => ok);
    void add('g', { account: 'p1', signal: patient });
    void add('h', { account: 'p1', signal: patient });
    await open();
    expect(asked).toEqual([['p1'], ['p1']]);
  });
});
