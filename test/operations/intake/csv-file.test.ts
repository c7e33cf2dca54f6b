import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvColumns } from '../../../shared/config/default-fields.ts';
import type { CsvConfig } from '../../../shared/config/systems.ts';
import { readCsv } from '../../../shared/connectors/csv/read-csv.ts';
import type { RecordMap } from '../../../shared/domain/records/record-map.ts';
import { acceptFile, type FileAcceptance } from '../../../shared/operations/intake/accept-file.ts';
import { type PushOnly, pushOnlyProduct } from '../push-only.ts';
import { zoe } from '../sample-event.ts';

let product: PushOnly;
beforeAll(async () => {
  product = await pushOnlyProduct();
}, 120_000);
afterAll(() => product.close());

const send = (text: string, columns: RecordMap = csvColumns, id = 'csv'): Promise<FileAcceptance> => {
  const bytes = Buffer.from(text);
  const source: CsvConfig = { id, kind: 'csv', allow: [], mode: 'enforce', webhookSecret: null, columns };
  const file = { actor: 'token:somebody', hash: createHash('sha256').update(bytes).digest('hex'), table: readCsv(bytes) };
  return acceptFile({ ...product.intake, registry: product.registry }, source, file);
};
const header = 'Worker ID,Status,Worker Type,First name,Surname,Hire-Date,Job title,Office,Shoe size';
const row = (id: string, changes: Partial<Record<'status' | 'type' | 'given' | 'hired' | 'title', string>> = {}): string => {
  const { status = 'Active', type = 'employee', given = 'Ana', hired = '2026-12-01', title = 'Engineer' } = changes;
  return [id, status, type, given, 'Reis', hired, title, 'LIS', '38'].join(',');
};
const file = (...rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
const statuses = ({ rows }: FileAcceptance) => rows.map(({ line, workerId, status }) => [line, workerId, status]);
const inboxOf = async ({ rows }: FileAcceptance, index: number) => product.registry.stores.inbox.byId(rows[index]?.inboxId ?? '');

describe('A file of workers', () => {
  it('becomes one batch of events, columns found by their usual names, however they are written', async () => {
    const taken = await send(file(row('1'), row('2', { title: '' })));
    expect(statuses(taken)).toEqual([
      [2, '1', 'accepted'],
      [3, '2', 'accepted'],
    ]);
    expect(taken.ignoredColumns).toEqual(['Shoe size']);
    const [one, other] = [await inboxOf(taken, 0), await inboxOf(taken, 1)];
    expect([one?.batchId, other?.batchId, one?.source]).toEqual([taken.batchId, taken.batchId, 'csv']);
    expect(JSON.parse(one?.body ?? '')).toMatchObject({
      occurredAt: '2026-11-21T12:00:00.000Z',
      worker: {
        workerId: '1',
        status: 'active',
        workerType: 'employee',
        name: { given: 'Ana', family: 'Reis' },
        hireDate: '2026-12-01',
        location: { code: 'LIS' },
      },
    });
    // An empty cell clears a fact; a column that is not there leaves it.
    expect(JSON.parse(other?.body ?? '')).toMatchObject({ worker: { jobTitle: null } });
    expect(JSON.parse(other?.body ?? '')).not.toMatchObject({ worker: { department: null } });
  });

  it('is taken once: the same file again is a duplicate, at another time too; one changed line is a new event', async () => {
    const before = file(row('11'), row('12'));
    const first = await send(before);
    product.time.now += 60_000;
    const again = await send(before);
    expect(statuses(again).map(([, , status]) => status)).toEqual(['duplicate', 'duplicate']);
    expect(again.batchId).toBe(first.batchId);
    expect(statuses(await send(file(row('11'), row('12', { title: 'Director' })))).map(([, , status]) => status)).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('takes the good lines, and says of each bad one where it stands, in which column, and what is wrong', async () => {
    const taken = await send(
      file(
        row('21'),
        row('22', { status: 'Aktiv', hired: '1.12.2026' }),
        row('', {}),
        row('24', { given: '' }),
        '25,Active',
        row('26', { title: 'a"b' }),
        row('27'),
      ),
    );
    expect(statuses(taken)).toEqual([
      [2, '21', 'accepted'],
      [3, '22', 'invalid'],
      [4, null, 'invalid'],
      [5, '24', 'invalid'],
      [6, '25', 'invalid'],
      [7, null, 'invalid'],
      [8, '27', 'accepted'],
    ]);
    expect(taken.rows.map(({ problems }) => problems)).toEqual([
      undefined,
      [
        { field: 'Status', problem: 'is “Aktiv”, which is not known: known are prehire, active, leave, terminated, rescinded' },
        { field: 'Hire-Date', problem: 'is “1.12.2026”, and must be a calendar date such as 2026-12-01' },
      ],
      [{ field: 'Worker ID', problem: 'is required and is empty' }],
      [{ field: 'First name', problem: 'is required and is empty' }],
      [{ field: '(line)', problem: expect.stringContaining('has 2 values and the header has 9') }],
      [{ field: '(line)', problem: expect.stringContaining('quotation mark in the wrong place') }],
      undefined,
    ]);
    const refused = await product.registry.stores.inbox.rejected(10);
    expect(refused.find(({ excerpt }) => excerpt.startsWith('line 3:'))).toMatchObject({
      source: 'csv',
      reason: expect.stringContaining('Hire-Date'),
    });
  });

  it('refuses every line of a worker who stands there twice, by the numbers of the lines', async () => {
    const taken = await send(file(row('31'), row('32'), row('31', { title: 'Director' })));
    expect(statuses(taken).map(([, , status]) => status)).toEqual(['invalid', 'accepted', 'invalid']);
    expect(taken.rows[2]?.problems).toEqual([{ field: 'Worker ID', problem: expect.stringContaining('31 stands in lines 2, 4') }]);
  });

  it('reads columns under other names and values where the configuration says so', async () => {
    const columns: RecordMap = {
      workerId: [{ field: 'Personalnummer' }],
      status: [{ field: 'Zustand', values: { aktiv: 'active', ausgetreten: 'terminated' } }],
      workerType: [{ field: 'Art', otherwise: 'employee' }],
      'name.given': [{ field: 'Vorname' }],
      hireDate: [{ field: 'Eintritt' }],
      'custom.badge': [{ field: 'Ausweis' }],
    };
    const taken = await send('Personalnummer;Zustand;Vorname;Eintritt;Ausweis\n41;Ausgetreten;Jörg;2020-01-01;B7\n', columns);
    expect(taken).toMatchObject({ separator: 'semicolon', ignoredColumns: [] });
    const kept = await inboxOf(taken, 0);
    expect(kept).toMatchObject({ urgent: true });
    expect(JSON.parse(kept?.body ?? '')).toMatchObject({
      worker: { status: 'terminated', workerType: 'employee', name: { given: 'Jörg' }, custom: { badge: 'B7' } },
    });
  });

  it('is refused whole where required columns are missing, by all their names, or a column stands there twice', async () => {
    await expect(send('Worker ID,First name,Status,Status\n1,Ana,active,active\n')).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(
        /“Status” stands there more than once.*no column for workerType: name one “worker type”.*no column for hireDate/,
      ),
    });
    await expect(send(`${header}\n`)).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringContaining('this one has 0') });
  });

  it('takes more lines than one statement does, and refuses more than ten thousand', async () => {
    const many = (count: number): string => file(...Array.from({ length: count }, (_, index) => row(String(100_000 + index))));
    const taken = await send(many(2500));
    expect([taken.rows.length, new Set(taken.rows.map(({ status }) => status))]).toEqual([2500, new Set(['accepted'])]);
    await expect(send(many(10_001))).rejects.toMatchObject({ code: 'input-invalid', message: expect.stringContaining('10001. Split it.') });
  });

  it('counts the known workers who are not in it, but for those who have left, and does nothing to them', async () => {
    const { people } = product.registry.stores;
    for (const [index, [workerId, status]] of (
      [
        ['51', 'active'],
        ['52', 'leave'],
        ['53', 'terminated'],
        ['54', 'active'],
      ] as const
    ).entries()) {
      const personId = product.intake.ids.next();
      await people.create({
        id: personId,
        epoch: 1,
        displayName: 'Ana',
        baseline: false,
        standing: 'active',
        endsAt: null,
        reconsiderAt: null,
      });
      const worker = { ...zoe, workerId, status };
      await people.saveEngagement({ source: 'small', workerId, personId, worker, revision: null, occurredAt: index, eventId: 'e' });
    }
    expect((await send(file(row('54')), csvColumns, 'small')).absent).toEqual({ count: 2, workerIds: ['51', '52'] });
    expect((await product.registry.stores.people.currentWorkers('small')).length).toBe(3);
  });

  it('leaves a row in the audit: who sent it, and what came of it', async () => {
    const { batchId } = await send(file(row('61'), row('62', { given: '' })));
    const rows = await product.registry.stores.audit.list({ after: 0, limit: 500 });
    expect(rows.find(({ detail }) => detail['batchId'] === batchId)).toMatchObject({
      actor: 'token:somebody',
      action: 'file.taken',
      detail: { source: 'csv', accepted: 1, invalid: 1, duplicate: 0 },
    });
  });
});
