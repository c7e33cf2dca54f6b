import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileAnchors } from '../../shared/connectors/anchor/file-anchors.ts';
import type { AuditDeps } from '../../shared/operations/audit/audit-deps.ts';
import type { AuditRow } from '../../shared/ports/registry/records.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { migrate } from '../../shared/registry/migrate.ts';
import { openEmbedded } from '../../shared/registry/open-embedded.ts';
import { overPool } from '../../shared/registry/over-pool.ts';
import { openPostgresPool } from '../../shared/registry/postgres-pool.ts';
import { storesOn } from '../../shared/registry/stores-on.ts';

/** A registry whose database can be written to behind its back, and the audit's chain on it, anchored in a folder. */
export type AuditBench = {
  readonly registry: Registry;
  readonly time: { now: number };
  /** The chain, with no row and no anchor in it. */
  empty(): Promise<AuditDeps>;
  /** Has the database do something that Gatehouse would not. */
  tamper(statement: string): Promise<void>;
  readonly close: () => Promise<void>;
};

/** On the PostgreSQL at `url`, else on a PGlite of its own. */
export async function openAuditBench(url?: string): Promise<AuditBench> {
  const pool = url === undefined ? await openEmbedded(null) : openPostgresPool({ url });
  const database = overPool(pool);
  await migrate(database);
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-audit-'));
  const time = { now: Date.parse('2026-11-21T12:00:00Z') };
  const quiet = () => undefined;
  const tamper = async (statement: string) => void (await sql.raw(statement).execute(database));
  const registry: Registry = {
    stores: storesOn(database),
    ingest: storesOn(database),
    transaction: (work) => database.transaction().execute((transaction) => work(storesOn(transaction))),
    probe: () => tamper('select 1'),
    close: () => database.destroy(),
  };
  let chains = 0;
  return {
    registry,
    time,
    tamper,
    async empty() {
      chains += 1;
      for (const table of ['audit', 'audit_value', 'audit_head']) await tamper(`delete from ${table}`);
      await tamper('create unique index if not exists audit_position on audit (position) where position is not null');
      await tamper(`insert into audit_head (single, position, hash, anchored) values (true, 0, repeat('0', 64), 0)`);
      const anchors = openFileAnchors(join(folder, String(chains)));
      return { registry, clock: { now: () => time.now }, log: { info: quiet, warn: quiet, error: quiet }, anchors };
    },
    async close() {
      await registry.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rows about a person, no two of which say the same. */
export function auditRows(count: number, changes: Partial<AuditRow> = {}): readonly AuditRow[] {
  return Array.from({ length: count }, (_, index) => ({
    at: Date.parse('2026-11-21T11:00:00Z') + index,
    actor: `run:${index}`,
    action: 'change.done',
    personId: 'person-zoe',
    runId: `run-${index}`,
    target: 'ad:contoso',
    detail: { changeId: `change-${index}`, note: `Zoë O'Brien, ${index}` },
    ...changes,
  }));
}
