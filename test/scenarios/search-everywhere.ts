import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';

/** Somewhere that bytes were left. */
export type Place = { readonly place: string; readonly bytes: Buffer };
type Secret = { readonly kind: string; readonly value: string };

const tables = z.array(z.object({ name: z.string() }));
const texts = z.array(z.object({ row: z.string() }));

/** Everything that a stopped product left: its files as they are, every row of its SQLite files and of its PGlite registry (whose long values are compressed on disk), and its output. */
export async function placesOf(folder: string, output: string): Promise<readonly Place[]> {
  const paths = pathsIn(folder);
  const files = filesOf(folder);
  const rows = paths.filter((path) => path.endsWith('.sqlite') && !path.endsWith('lock.sqlite')).map(rowsOfSqlite);
  return [...files, ...rows, ...(await rowsOfRegistry(join(folder, 'registry'))), { place: 'the output', bytes: Buffer.from(output) }];
}

/** Every file of a folder as it is, whether or not somebody has it open. */
export function filesOf(folder: string): readonly Place[] {
  return pathsIn(folder).map((path) => ({ place: relative(folder, path), bytes: readFileSync(path) }));
}

function pathsIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name));
}

function rowsOfSqlite(path: string): Place {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const names = tables.parse(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).map(({ name }) => name);
    const rows = names.flatMap((name) => database.prepare(`SELECT * FROM "${name}"`).all());
    const text = rows.map((row) => Object.values(row).map(readable).join('\n')).join('\n');
    return { place: `row of ${path.split('/').at(-1) ?? path}`, bytes: Buffer.from(text) };
  } finally {
    database.close();
  }
}

function readable(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

async function rowsOfRegistry(folder: string): Promise<readonly Place[]> {
  if (!existsSync(folder)) return [];
  const database = await PGlite.create(folder);
  try {
    const { rows } = await database.query(
      "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    const places: Place[] = [];
    for (const { name } of tables.parse(rows)) {
      const found = texts.parse((await database.query(`SELECT t::text AS row FROM ${name} t`)).rows);
      places.push({ place: `row of the registry, ${name}`, bytes: Buffer.from(found.map(({ row }) => row).join('\n')) });
    }
    return places;
  } finally {
    await database.close();
  }
}

/** Every secret that stands in a place: as UTF-8, as UTF-16, or within something in base64. Does not repeat the secret. */
export function whereFound(
  secrets: readonly Secret[],
  places: readonly Place[],
): readonly { readonly kind: string; readonly place: string }[] {
  const forms = secrets.flatMap(({ kind, value }) => formsOf(value).map((bytes) => ({ kind, bytes })));
  const byStart = Map.groupBy(forms, ({ bytes }) => bytes.readUInt16BE(0));
  const found = places.flatMap(({ place, bytes }) => kindsIn(bytes, byStart).map((kind) => ({ kind, place })));
  return [...new Map(found.map((one) => [`${one.kind} ${one.place}`, one])).values()];
}

/** One pass over the bytes: two of them select the few forms that could begin there. */
function kindsIn(
  bytes: Buffer,
  byStart: ReadonlyMap<number, readonly { readonly kind: string; readonly bytes: Buffer }[]>,
): readonly string[] {
  const isStart = new Uint8Array(65_536);
  for (const start of byStart.keys()) isStart[start] = 1;
  const found: string[] = [];
  for (let at = 0, pair = 0; at < bytes.length; at += 1) {
    pair = ((pair << 8) | (bytes[at] ?? 0)) & 0xffff;
    if (at === 0 || isStart[pair] === 0) continue;
    const matching = (byStart.get(pair) ?? []).filter((form) => bytes.subarray(at - 1, at - 1 + form.bytes.length).equals(form.bytes));
    found.push(...matching.map(({ kind }) => kind));
  }
  return found;
}

function formsOf(value: string): readonly Buffer[] {
  const within = [0, 1, 2].map((offset) => inBase64(Buffer.from(value), offset));
  return [Buffer.from(value), Buffer.from(value, 'utf16le'), Buffer.from(JSON.stringify(value).slice(1, -1)), ...within];
}

/** What is the same of a text's base64 whatever surrounds it, when it stands `offset` bytes after a multiple of three. */
function inBase64(bytes: Buffer, offset: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return Buffer.from(whole.slice(first, last));
}
