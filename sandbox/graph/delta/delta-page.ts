import type { World } from '../../foundation/world.ts';
import type { LoggedKind } from '../changes/read-changes.ts';
import { defaultProperties } from '../odata/present-entity.ts';
import { listIdsAfter } from '../store/objects.ts';
import type { DeltaEntry } from './present-delta.ts';
import type { DeltaScope } from './delta-token.ts';

/** A round under way: which objects, and the changes it tells of. */
export type DeltaRound = DeltaScope & {
  readonly kind: LoggedKind;
  readonly since: number | undefined;
  readonly until: number;
  /** The position after which the page begins: an object's id or, with a `since`, the number of its latest change. */
  readonly after: string;
};

/** One page of a round; `next` is the position of the one after it. */
export type DeltaPage = { readonly entries: readonly DeltaEntry[]; readonly next: string | undefined };

/** A page of at most `size` objects: all of them by id, or those with a change that concerns the selected properties, by their latest change. */
export function pageOfRound(world: World, round: DeltaRound, size: number): DeltaPage {
  const { since } = round;
  const found = since === undefined ? everything(world, round, size + 1) : changed(world, { ...round, since }, size + 1);
  const page = found.slice(0, size);
  return {
    entries: page.map(({ id, isWhole }) => ({ id, since: isWhole ? undefined : since, until: round.until })),
    next: found.length > size ? page.at(-1)?.position : undefined,
  };
}

type Found = { readonly id: string; readonly position: string; readonly isWhole: boolean };

function everything(world: World, round: DeltaRound, most: number): readonly Found[] {
  const ids = listIdsAfter(world, round.kind, { after: round.after, most, among: round.ids });
  return ids.map((id) => ({ id, position: id, isWhole: true }));
}

function changed(world: World, round: DeltaRound & { readonly since: number }, most: number): readonly Found[] {
  const awake = JSON.stringify(round.select?.map((name) => name.split('/')[0]) ?? defaultProperties(`microsoft.graph.${round.kind}`));
  const ids = round.ids === undefined ? null : JSON.stringify(round.ids);
  return world.database
    .prepare(
      `SELECT object_id, MAX(sequence) AS latest, MAX(change IN ('created', 'restored')) AS whole FROM graph_changes
       WHERE kind = ? AND sequence > ? AND sequence <= ? AND (? IS NULL OR object_id IN (SELECT value FROM json_each(?)))
         AND (change <> 'updated' OR EXISTS (
           SELECT 1 FROM json_each(properties) AS one WHERE one.value IN (SELECT value FROM json_each(?))))
       GROUP BY object_id HAVING latest > ? ORDER BY latest LIMIT ?`,
    )
    .all(round.kind, round.since, round.until, ids, ids, awake, Number(round.after || 0), most)
    .map((row) => ({ id: String(row['object_id']), position: String(row['latest']), isWhole: row['whole'] === 1 }));
}
