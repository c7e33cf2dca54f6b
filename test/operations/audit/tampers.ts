import type { FindingKind } from '../../../shared/operations/audit/audit-findings.ts';
import { linkHash } from '../../../shared/operations/audit/link-hash.ts';
import type { AuditSeal, SealedAuditRow } from '../../../shared/ports/registry/audit-chain.ts';
import type { AuditBench } from '../../support/audit-bench.ts';

/** What is done to the chain: rows counted from 0; `one` and `other` are two of them, one before the other. */
export type Attack = { readonly rows: readonly SealedAuditRow[]; readonly one: number; readonly other: number };
type Tamper = (bench: AuditBench, attack: Attack) => Promise<void>;
/** An attack, and what is found of it. */
export type Known = { readonly finds: FindingKind; readonly tamper: Tamper };

const edits = {
  sequence: 'sequence + 1000000',
  at: 'at - 1',
  actor: "actor || 'x'",
  action: "'change.already'",
  person_id: 'null',
  run_id: "'run-of-somebody-else'",
  target: "'oci:contoso'",
  detail: `detail || '{"more": 1}'`,
  hash: "repeat('a', 64)",
  position: 'null',
} as const;

const edited = Object.entries(edits).map(([column, value]): [string, Known] => {
  const tamper: Tamper = async (bench, { rows, one }) => {
    // Whoever may change the table can also write over a number that the database gives itself.
    if (column === 'sequence') await bench.tamper('alter table audit alter sequence drop identity');
    await bench.tamper(`update audit set ${column} = ${value} where position = ${at(rows, one).position}`);
    if (column === 'sequence') await bench.tamper('alter table audit alter sequence add generated always as identity');
  };
  return [`another ${column} in a row`, { finds: column === 'position' ? 'rows-missing' : 'row-changed', tamper }];
});

/** Each way of changing the past, by its name. All rows are anchored when it is done. */
export const tampers: Readonly<Record<string, Known>> = {
  ...Object.fromEntries(edited),
  'a row taken away': {
    finds: 'rows-missing',
    tamper: (bench, { rows, one }) => bench.tamper(`delete from audit where position = ${at(rows, one).position}`),
  },
  'two rows in each other’s place': {
    finds: 'row-changed',
    tamper: (bench, { rows, one, other }) => swapPlaces(bench, at(rows, one), at(rows, other)),
  },
  'two rows with each other’s content': {
    finds: 'row-changed',
    tamper: async (bench, { rows, one, other }) => {
      await copyContent(bench, at(rows, one), at(rows, other));
      await copyContent(bench, at(rows, other), at(rows, one));
    },
  },
  'the end cut off, and the head set back': {
    finds: 'cut',
    tamper: async (bench, { rows, other }) => {
      const before = at(rows, other - 1);
      await bench.tamper(`delete from audit where position > ${before.position}`);
      await setHead(bench, before, true);
    },
  },
  'the end cut off': {
    finds: 'head-wrong',
    tamper: (bench, { rows, other }) => bench.tamper(`delete from audit where position > ${at(rows, other - 1).position}`),
  },
  'a row changed, and the chain written anew from there': {
    finds: 'rewritten',
    tamper: (bench, { rows, one }) =>
      writeAnew(
        bench,
        rows.map((row, index) => (index === one ? { ...row, actor: 'nobody' } : row)),
      ),
  },
  'a row taken away, and the chain written anew from there': {
    finds: 'cut',
    tamper: async (bench, { rows, one }) => {
      await bench.tamper(`delete from audit where position = ${at(rows, one).position}`);
      await writeAnew(
        bench,
        rows.filter((_, index) => index !== one),
      );
    },
  },
  'the head taken away': { finds: 'head-missing', tamper: (bench) => bench.tamper('delete from audit_head') },
  'the head set back': { finds: 'head-wrong', tamper: (bench, { rows, one }) => setHead(bench, at(rows, one), false) },
  'a row that was never sealed put into a place that is taken': {
    finds: 'row-out-of-place',
    tamper: async (bench, { rows, one }) => {
      await bench.tamper('drop index audit_position');
      const forged = `insert into audit (at, actor, action, detail, position, hash) select at, 'forged', action, detail, position, hash from audit`;
      await bench.tamper(`${forged} where position = ${at(rows, one).position}`);
    },
  },
  'a personal value changed': {
    finds: 'value-changed',
    tamper: (bench, { one }) => bench.tamper(`update audit_value set value = 'somebody else' where ${valueOf(one)}`),
  },
  'a personal value taken away': {
    finds: 'value-missing',
    tamper: (bench, { one }) => bench.tamper(`delete from audit_value where ${valueOf(one)}`),
  },
};

function at(rows: readonly SealedAuditRow[], index: number): SealedAuditRow {
  const row = rows[index];
  if (row === undefined) throw new Error(`There is no row ${index}.`);
  return row;
}

function quoted(text: string): string {
  return text.replaceAll("'", "''");
}

async function swapPlaces(bench: AuditBench, one: SealedAuditRow, other: SealedAuditRow): Promise<void> {
  await bench.tamper(`update audit set position = -1, hash = '${other.hash}' where position = ${one.position}`);
  await bench.tamper(`update audit set position = ${one.position}, hash = '${one.hash}' where position = ${other.position}`);
  await bench.tamper(`update audit set position = ${other.position} where position = -1`);
}

function valueOf(index: number): string {
  return `digest = (select digest from audit_value order by digest offset ${index} limit 1)`;
}

function copyContent(bench: AuditBench, to: SealedAuditRow, from: SealedAuditRow): Promise<void> {
  const content = `actor = '${from.actor}', run_id = '${from.runId}', at = ${from.at}, detail = '${quoted(from.detail)}'`;
  return bench.tamper(`update audit set ${content} where position = ${to.position}`);
}

async function setHead(bench: AuditBench, { position, hash }: AuditSeal, isAnchored: boolean): Promise<void> {
  await bench.tamper(`update audit_head set position = ${position}, hash = '${hash}'${isAnchored ? `, anchored = ${position}` : ''}`);
}

/** Makes a chain that fits in itself, as somebody would who knows how. */
async function writeAnew(bench: AuditBench, rows: readonly SealedAuditRow[]): Promise<void> {
  let hash = '0'.repeat(64);
  for (const [index, row] of rows.entries()) {
    const position = index + 1;
    hash = linkHash(hash, position, row);
    await bench.tamper(
      `update audit set position = ${position}, hash = '${hash}', actor = '${row.actor}' where sequence = ${row.sequence}`,
    );
  }
  await setHead(bench, { position: rows.length, hash }, true);
}
