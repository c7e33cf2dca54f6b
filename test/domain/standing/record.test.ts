import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../shared/domain/standing/record-of.ts';
import type { ToldFact } from '../../../shared/domain/standing/told-fact.ts';
import type { Worker } from '../../../shared/domain/worker.ts';

const calendar = { tenantZone: 'UTC', locations: {}, createDaysBefore: 14 };
const now = Date.parse('2027-01-15T12:00:00Z');

function fact(eventId: string, changes: Partial<ToldFact> & { readonly worker?: Partial<Worker> } = {}): ToldFact {
  const { worker, ...rest } = changes;
  const told: Worker = {
    workerId: '1',
    status: 'active',
    workerType: 'employee',
    name: { given: 'Ana', family: 'Sousa' },
    hireDate: '2026-12-01',
    ...worker,
  };
  const occurredAt = Date.parse('2027-01-01T00:00:00Z') + eventId.charCodeAt(0) * 60_000;
  return { eventId, told, revision: null, occurredAt, effectiveFrom: null, state: 'counted', isDecided: false, ...rest };
}
const record = (...facts: readonly ToldFact[]) => recordOf(facts, now, calendar);
const doubts = (...facts: readonly ToldFact[]) => [...record(...facts).doubts].map(([id, { code }]) => `${id} ${code}`);

describe('The record that facts make', () => {
  it('is by revision where both have one, else by time, whatever their order', () => {
    const facts = [fact('c', { revision: 1, worker: { jobTitle: 'old' } }), fact('a', { revision: 2, worker: { jobTitle: 'new' } })];
    expect(record(...facts).now?.worker.jobTitle).toBe('new');
    expect(record(...facts.toReversed()).now?.worker.jobTitle).toBe('new');
    expect(record(fact('b', { worker: { jobTitle: 'new' } }), fact('a', { worker: { jobTitle: 'old' } })).now?.worker.jobTitle).toBe('new');
  });

  it('waits for what is told ahead until it is that day where the person is', () => {
    const ahead = fact('b', { effectiveFrom: '2027-01-16', worker: { department: 'Sales', timeZone: 'Asia/Tokyo' } });
    const found = record(fact('a', { worker: { department: 'Platform' } }), ahead);
    expect(found.now?.worker.department).toBe('Platform');
    expect(found.changesAt).toBe(Date.parse('2027-01-15T15:00:00Z'));
    expect(recordOf([fact('a'), ahead], found.changesAt ?? 0, calendar).now?.worker.department).toBe('Sales');
  });

  it('begins with the first that is told, also when that is told ahead', () => {
    expect(record(fact('a', { effectiveFrom: '2027-03-01', worker: { hireDate: '2027-03-01' } })).now?.worker.hireDate).toBe('2027-03-01');
  });

  it('keeps nothing of a termination that is taken back', () => {
    const back = record(
      fact('a'),
      fact('b', { worker: { status: 'terminated', lastDay: '2027-01-31', terminationKind: 'immediate' } }),
      fact('c'),
    );
    expect(back.now?.worker).not.toHaveProperty('lastDay');
    expect(back.now?.closedAt).toBe(0);
  });

  it('is closed since it was first told to be over, however often that is told again', () => {
    const over = record(
      fact('a'),
      fact('b', { worker: { status: 'terminated' } }),
      fact('c', { worker: { status: 'terminated', phone: '1' } }),
    );
    expect(over.now?.closedAt).toBe(fact('b').occurredAt);
  });

  it('keeps the earlier stint of somebody who is hired again under the same id', () => {
    const again = record(fact('a'), fact('b', { worker: { status: 'terminated' } }), fact('c', { worker: { hireDate: '2027-06-01' } }));
    expect(again.earlier.map(({ worker }) => worker.hireDate)).toEqual(['2026-12-01']);
  });
});

describe('A fact is in doubt', () => {
  it('when it gainsays another under the same revision, and not when it only adds to it', () => {
    expect(
      doubts(fact('a', { revision: 3, worker: { jobTitle: 'one' } }), fact('b', { revision: 3, worker: { jobTitle: 'other' } })),
    ).toEqual(['b contradiction']);
    expect(doubts(fact('a', { revision: 3 }), fact('b', { revision: 3, worker: { jobTitle: 'other' } }))).toEqual([]);
    expect(
      doubts(fact('a', { revision: 3, worker: { custom: { x: 1 } } }), fact('b', { revision: 3, worker: { custom: { y: 2 } } })),
    ).toEqual([]);
  });

  it('when a worker id that was over returns under a name that shares nothing, also after a last day', () => {
    const stranger = fact('c', { worker: { name: { given: 'Bo', family: 'Ek' }, hireDate: '2027-01-10' } });
    expect(doubts(fact('a'), fact('b', { worker: { status: 'terminated' } }), stranger)).toEqual(['c worker-id-reused']);
    expect(doubts(fact('a', { worker: { lastDay: '2026-12-31' } }), stranger)).toEqual(['c worker-id-reused']);
    expect(doubts(fact('a'), stranger)).toEqual([]);
    expect(
      doubts(fact('a'), fact('b', { worker: { status: 'terminated' } }), fact('c', { worker: { name: { given: 'ÁNA', family: 'Lima' } } })),
    ).toEqual([]);
  });

  it('no more when somebody has decided that it counts; what follows on it counts with it', () => {
    const facts = [fact('a'), fact('b', { worker: { status: 'terminated' } })];
    const bo = { name: { given: 'Bo', family: 'Ek' }, hireDate: '2027-01-10' };
    const decided = record(...facts, fact('c', { worker: bo, isDecided: true }), fact('d', { worker: { ...bo, department: 'Sales' } }));
    expect(decided.doubts.size).toBe(0);
    expect(decided.now?.worker.department).toBe('Sales');
    expect(record(...facts, fact('c', { worker: bo, isDecided: true, state: 'rejected' })).now?.worker.name.given).toBe('Ana');
  });
});
