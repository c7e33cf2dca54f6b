import { execFile } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { postgresPrograms, run, startPostgres, type TestPostgres } from '../support/postgres.ts';

const names = { ingest: 'gatehouse-test-ingest', work: 'gatehouse-test-work', hands: 'gatehouse-test-hands' } as const;
type Role = keyof typeof names;

// Nobody but their owner, “work”, writes these.
const ofWork = [
  'account_link',
  'audit_head',
  'baseline',
  'delta_cursor',
  'engagement',
  'erasure_salt',
  'fact',
  'foreign_change',
  'graph_subscription',
  'holding',
  'holding_reason',
  'kysely_migration',
  'kysely_migration_lock',
  'name',
  'person',
  'repair',
  'seen_member',
  'seen_user',
];

describe.runIf(postgresPrograms !== undefined)('database-roles.sh', () => {
  let server: TestPostgres;
  let socket: string;
  const urlOf = (role: Role) => `postgresql://${names[role]}@localhost/gatehouse?host=${encodeURIComponent(socket)}`;

  function script(step: 'roles' | 'grants'): Promise<{ code: number; out: string }> {
    const outputs = Object.entries(names).flatMap(([role, name]) => [
      [`GATEHOUSE_${role.toUpperCase()}_IDENTITY`, name],
      [`GATEHOUSE_${role.toUpperCase()}_PRINCIPAL`, '11111111-2222-4333-8444-555555555555'],
    ]);
    const env = { ...process.env, ...Object.fromEntries(outputs), PGHOST: socket, PGUSER: 'gatehouse', GATEHOUSE_TRIES: '1' };
    return new Promise((ended) => {
      execFile('scripts/azure/database-roles.sh', [step], { env }, (error, stdout, stderr) =>
        ended({ code: Number(error?.code ?? 0), out: `${stdout}${stderr}` }),
      );
    });
  }

  /** What PostgreSQL says to a statement of a role: nothing, or why not. */
  async function told(role: Role, sql: string): Promise<string> {
    const client = new pg.Client({ connectionString: urlOf(role) });
    await client.connect();
    try {
      await client.query(sql);
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    server = await startPostgres();
    const url = await server.database();
    socket = new URL(url).searchParams.get('host') ?? '';
    await run(url, 'create database gatehouse');
    expect(await script('roles')).toMatchObject({ code: 0, out: expect.stringContaining('This server knows no Entra identities') });
    await (await openRegistry({ url: urlOf('work') })).close();
    expect(await script('grants')).toEqual({ code: 0, out: '' });
  });
  afterAll(() => server.stop());

  it('lets “work” make the tables, and the others open the registry as it is', async () => {
    for (const role of ['work', 'ingest', 'hands'] as const) {
      const registry = await openRegistry({ url: urlOf(role) });
      await registry.probe();
      await registry.close();
    }
    for (const role of ['ingest', 'hands'] as const)
      expect(await told(role, 'create table mine (id int)')).toBe('permission denied for schema public');
  });

  it('lets each write what is its part, and nothing of another’s', async () => {
    const denied = (table: string) => `permission denied for table ${table}`;
    expect(await told('ingest', "insert into person values ('p', 1, 'Ada', false)")).toBe(denied('person'));
    expect(await told('work', "insert into person (id, epoch, display_name, baseline) values ('p', 1, 'Ada', false)")).toBe('done');
    expect(await told('ingest', "select from person where id = 'p' for update")).toBe('done');
    expect(await told('hands', "update person set display_name = 'Eve'")).toBe(denied('person'));
    expect(await told('ingest', "insert into audit (at, actor, action, detail) values (1, 'a', 'b', '{}')")).toBe('done');
    for (const role of ['ingest', 'hands'] as const) {
      expect(await told(role, "update audit set actor = 'nobody'")).toBe(denied('audit'));
      expect(await told(role, 'delete from audit')).toBe(denied('audit'));
      expect(await told(role, "update audit_head set hash = 'x'")).toBe(denied('audit_head'));
    }
    expect(await told('ingest', "update intent set state = 'closed'")).toBe(denied('intent'));
    expect(await told('ingest', "update errand set state = 'answered'")).toBe(denied('errand'));
    expect(await told('hands', 'insert into errand select * from errand')).toBe(denied('errand'));
    expect(await told('hands', 'update hold set resolved_at = 1')).toBe(denied('hold'));
    expect(await told('ingest', 'delete from sealed')).toBe('done');
    expect(await told('ingest', "insert into sealed values ('n', 'v', 1)")).toBe(denied('sealed'));
  });

  it('has an answer for every table that there is', async () => {
    const client = new pg.Client({ connectionString: urlOf('work') });
    await client.connect();
    const { rows } = await client.query<{ name: string; is_written: boolean }>(
      `select relname as name, bool_or(has_table_privilege(role, oid, 'insert, update, delete')) as is_written from pg_class, unnest($1::text[]) role
       where relnamespace = 'public'::regnamespace and relkind = 'r' group by relname order by relname`,
      [[names.ingest, names.hands]],
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ is_written }) => !is_written).map(({ name }) => name)).toEqual(ofWork);
  });

  it('can be run again, and says so where there is no table yet', async () => {
    expect((await script('roles')).code).toBe(0);
    expect((await script('grants')).code).toBe(0);
    await run(
      `postgresql://gatehouse@localhost/gatehouse?host=${encodeURIComponent(socket)}`,
      'alter table audit_head rename to somewhere_else',
    );
    expect(await script('grants')).toMatchObject({ code: 1, out: expect.stringContaining('“work” has not made its tables') });
  });
});
