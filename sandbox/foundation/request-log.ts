import type { DatabaseSync } from 'node:sqlite';
import { maskSecrets } from './mask-secrets.ts';
import type { DueFault, SystemName, WireRequest } from './world.ts';

/** A recorded request: sequence numbers grow by one over all systems and are never used twice; `at` is the world's time. */
export type RecordedRequest = WireRequest & { readonly sequence: number; readonly at: string };

/** Reads and writes of one system since the world began. */
export type Counts = { readonly reads: number; readonly writes: number };

/** The wire requests of all systems, the last 200,000 of them, with counters that never shrink. */
export type RequestLog = {
  readonly record: (request: WireRequest) => void;
  /** The system's requests after sequence number `since`, oldest first. */
  readonly since: (system: SystemName, since: number) => readonly RecordedRequest[];
  readonly counters: () => Readonly<Record<SystemName, Counts>>;
};

// Counting and pruning in triggers keeps recording to one statement.
const schema = `
  CREATE TABLE IF NOT EXISTS requests (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, system TEXT NOT NULL, operation TEXT NOT NULL, kind TEXT NOT NULL,
    method TEXT NOT NULL, path TEXT NOT NULL, request_body TEXT, status INTEGER NOT NULL, response_body TEXT, request_id TEXT NOT NULL, fault TEXT);
  CREATE TABLE IF NOT EXISTS counters (system TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (system, kind));
  CREATE TRIGGER IF NOT EXISTS requests_counted AFTER INSERT ON requests BEGIN
    INSERT INTO counters VALUES (NEW.system, NEW.kind, 1) ON CONFLICT DO UPDATE SET count = count + 1;
    DELETE FROM requests WHERE sequence <= NEW.sequence - 200000;
  END;`;

type Row = {
  sequence: number;
  at: number;
  system: SystemName;
  operation: string;
  kind: 'read' | 'write';
  method: string;
  path: string;
  request_body: string | null;
  status: number;
  response_body: string | null;
  request_id: string;
  fault: string | null;
};

/** Opens the request log in the world's database. */
export function openRequestLog(database: DatabaseSync, now: () => number): RequestLog {
  database.exec(schema);
  const insert = database.prepare(
    'INSERT INTO requests (at, system, operation, kind, method, path, request_body, status, response_body, request_id, fault) VALUES (?,?,?,?,?,?,?,?,?,?,?)',
  );
  const select = database.prepare('SELECT * FROM requests WHERE system = ? AND sequence > ? ORDER BY sequence');
  return {
    record: (r) => {
      insert.run(
        now(),
        r.system,
        r.operation,
        r.kind,
        r.method,
        r.path,
        toText(maskSecrets(r.requestBody)),
        r.status,
        toText(maskSecrets(r.responseBody)),
        r.requestId,
        toText(r.fault),
      );
    },
    since: (system, since) => (select.all(system, since) as Row[]).map(fromRow),
    counters: () => readCounters(database),
  };
}

function toText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function fromRow(row: Row): RecordedRequest {
  const { system, operation, kind, method, path, status } = row;
  return {
    sequence: row.sequence,
    at: new Date(row.at).toISOString(),
    system,
    operation,
    kind,
    method,
    path,
    status,
    requestId: row.request_id,
    ...(row.request_body === null ? {} : { requestBody: JSON.parse(row.request_body) as unknown }),
    ...(row.response_body === null ? {} : { responseBody: JSON.parse(row.response_body) as unknown }),
    ...(row.fault === null ? {} : { fault: JSON.parse(row.fault) as DueFault }),
  };
}

function readCounters(database: DatabaseSync): Readonly<Record<SystemName, Counts>> {
  const rows = database.prepare('SELECT system, kind, count FROM counters').all();
  const count = (system: SystemName, kind: string) =>
    Number(rows.find((r) => r['system'] === system && r['kind'] === kind)?.['count'] ?? 0);
  const counts = (system: SystemName): Counts => ({ reads: count(system, 'read'), writes: count(system, 'write') });
  return {
    graph: counts('graph'),
    oci: counts('oci'),
    directory: counts('directory'),
    scim: counts('scim'),
    hr: counts('hr'),
    bamboo: counts('bamboo'),
  };
}
