import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bambooFields } from '../../../shared/config/default-fields.ts';
import { createBambooHrApi } from '../../../shared/connectors/bamboohr/create-bamboohr-api.ts';
import { createBambooHrSource } from '../../../shared/connectors/bamboohr/create-bamboohr-source.ts';
import type { SourcedWorker } from '../../../shared/ports/hr-source.ts';
import { bambooKey, type BambooServer, startBambooServer } from './bamboo-server.ts';

let server: BambooServer;
beforeAll(async () => {
  server = await startBambooServer();
});
beforeEach(() => {
  server.employees.clear();
  server.deleted.clear();
  server.asked.length = 0;
});
afterAll(() => server.stop());

const mara = {
  status: 'Active',
  employmentHistoryStatus: 'Full-Time',
  firstName: 'Mara',
  lastName: 'Lindqvist',
  hireDate: '2026-12-01',
  terminationDate: '0000-00-00',
  supervisorEId: 4,
  lastChanged: '2026-11-20T10:00:00+01:00',
  ssn: '078-05-1120',
};
const signal = (): AbortSignal => AbortSignal.timeout(5000);
const source = (key = bambooKey) =>
  createBambooHrSource(
    createBambooHrApi({ baseUrl: server.url }, () => Promise.resolve(key)),
    bambooFields,
  );
const everyone = async (): Promise<readonly SourcedWorker[]> => {
  const found: SourcedWorker[] = [];
  for await (const one of source().all(signal())) found.push(one);
  return found;
};

describe('BambooHR as a source', () => {
  it('reads one employee with the fields of the map only, and nothing else that BambooHR knows', async () => {
    server.employees.set('17', mara);
    expect(await source().worker('17', signal())).toMatchObject({
      worker: { workerId: '17', status: 'active', name: { given: 'Mara' }, hireDate: '2026-12-01', lastDay: null, managerId: '4' },
      revision: null,
      updatedAt: '2026-11-20T09:00:00.000Z',
      assumed: [],
    });
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/v1/employees/17']);
    expect(server.asked[0]?.fields).toContain('employmentHistoryStatus');
    expect(server.asked[0]?.fields).not.toContain('ssn');
  });

  it('says of an employee who is not there that it does not hold them', async () => {
    expect(await source().worker('99', signal())).toBeUndefined();
  });

  it('names the fields of a record that cannot be understood', async () => {
    server.employees.set('17', { ...mara, hireDate: null, status: 'On hold' });
    await expect(source().worker('17', signal())).rejects.toMatchObject({
      code: 'record-invalid',
      message: expect.stringMatching(/employee 17 .*status is “On hold”.*hireDate or originalHireDate is required/),
    });
  });

  it('tells in BambooHR’s own words that a key is wrong, and not what the key is', async () => {
    const failure = await source('another-key')
      .worker('17', signal())
      .catch((error: unknown) => String(error));
    expect(failure).toContain('Invalid API key');
    expect(failure).not.toContain('another-key');
  });

  it('reads everyone who was ever changed but those deleted, also none at all', async () => {
    expect(await everyone()).toEqual([]);
    for (const id of ['1', '2', '3', '4', '5', '6']) server.employees.set(id, { ...mara, status: id === '6' ? 'Inactive' : 'Active' });
    server.deleted.add('7');
    expect((await everyone()).map(({ worker }) => `${worker.workerId} ${worker.status}`)).toEqual([
      '1 active',
      '2 active',
      '3 active',
      '4 active',
      '5 active',
      '6 terminated',
    ]);
    // Who was deleted is not even asked for.
    expect(server.asked.map(({ path }) => path)).not.toContain('/api/v1/employees/7');
  });

  it('reads all good records before it fails on the others, and names each of these', async () => {
    for (const id of ['1', '2', '3']) server.employees.set(id, { ...mara, firstName: id === '2' ? 'Mara' : '' });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { worker } of source().all(signal())) seen.push(worker.workerId);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'record-invalid', message: expect.stringMatching(/employee 1 .*employee 3 /) });
    expect(seen).toEqual(['2']);
  });
});
