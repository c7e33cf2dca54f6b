import { z } from 'zod';
import { fieldsOf, type RecordMap } from '../../domain/records/record-map.ts';
import { workerFromRecord } from '../../domain/records/worker-from-record.ts';
import { GatehouseError } from '../../errors.ts';
import type { HrSource, SourcedWorker } from '../../ports/hr-source.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const employee = z.record(z.string(), z.unknown());
const change = z.object({ id: z.coerce.string(), action: z.string() });
// PHP writes an empty map as an empty list.
const changed = z.object({ employees: z.union([z.record(z.string(), change), z.array(z.never()).transform(() => ({}))]) });

const atOnce = 4;
const mostNamed = 20;

/**
 * BambooHR as a source. The worker id is the employee's id there, as its webhooks name it. A record is read by `GET /v1/employees/{id}` with the fields that the map needs
 * (https://documentation.bamboohr.com/reference/get-employee); a field that the key may not see is left out of the answer, and its fact stays as it was known. Everyone is found by
 * `GET /v1/employees/changed` since the beginning (https://documentation.bamboohr.com/reference/get-changed-employee-ids), for the directory leaves out who has left or is hidden.
 * A record that cannot be understood throws `record-invalid`, naming its fields; a full read names all of them, after the good ones.
 */
export function createBambooHrSource(api: Api, map: RecordMap): HrSource {
  const read = (id: string, signal: AbortSignal) => foundOrUndefined(readEmployee(api, map, id, signal));
  return { worker: read, all: (signal) => allEmployees(api, read, signal) };
}

async function readEmployee(api: Api, map: RecordMap, id: string, signal: AbortSignal): Promise<SourcedWorker> {
  const fields = [...new Set([...fieldsOf(map), 'lastChanged'])].join(',');
  const path = withQuery(`/v1/employees/${encodeURIComponent(id)}`, { fields });
  const record = parseReply(api.system, await api.read({ method: 'GET', path }, signal), employee);
  const mapped = workerFromRecord({ ...map, workerId: [{ field: 'id' }] }, (field) => (field === 'id' ? id : textOf(record[field])));
  if (mapped.is === 'bad') throw unreadable(id, mapped.problems.map(({ field, problem }) => `${field} ${problem}`).join('; '));
  return { worker: mapped.worker, assumed: mapped.assumed, revision: null, updatedAt: instantOf(record['lastChanged']) };
}

function unreadable(id: string, what: string): GatehouseError {
  const way = 'Mend it in BambooHR, or say under fields in config/sources.yaml how it is to be read.';
  return new GatehouseError('record-invalid', `The record of employee ${id} in BambooHR cannot be understood: ${what}. ${way}`);
}

/** BambooHR shows an empty date as null, as empty text, or as `0000-00-00`. */
function textOf(value: unknown): string | null | undefined {
  if (value === undefined) return undefined;
  if (value === null || value === '0000-00-00') return null;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function instantOf(value: unknown): string | null {
  return typeof value === 'string' && Number.isFinite(Date.parse(value)) ? new Date(Date.parse(value)).toISOString() : null;
}

type Read = (id: string, signal: AbortSignal) => Promise<SourcedWorker | undefined>;

async function* allEmployees(api: Api, read: Read, signal: AbortSignal): AsyncIterable<SourcedWorker> {
  const path = withQuery('/v1/employees/changed', { since: '1970-01-01T00:00:00Z' });
  const { employees } = parseReply(api.system, await api.read({ method: 'GET', path }, signal), changed);
  const ids = Object.values(employees).flatMap(({ id, action }) => (action.toLowerCase() === 'deleted' ? [] : [id]));
  const bad: string[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = await Promise.all(ids.slice(from, from + atOnce).map((id) => read(id, signal).catch((error: unknown) => noteOf(error))));
    for (const one of some) {
      if (typeof one === 'string') bad.push(one);
      else if (one !== undefined) yield one;
    }
  }
  if (bad.length > 0) throw new GatehouseError('record-invalid', inOne(bad));
}

function noteOf(error: unknown): string {
  if (error instanceof GatehouseError && error.code === 'record-invalid') return error.message;
  throw error;
}

function inOne(bad: readonly string[]): string {
  const rest = bad.length > mostNamed ? ` And ${bad.length - mostNamed} more.` : '';
  return `${bad.slice(0, mostNamed).join(' ')}${rest}`;
}
