import type { SourceId } from '../../domain/ids.ts';
import type { Worker } from '../../domain/worker.ts';
import { GatehouseError } from '../../errors.ts';
import type { Stores } from '../../ports/registry/registry.ts';

/** Who has the source's own id of this human being; undefined where the record names none, or nobody has it yet. */
export async function personWithKey(stores: Stores, source: SourceId, { personKey }: Worker): Promise<string | undefined> {
  return personKey == null || personKey === '' ? undefined : stores.names.holderOf(scopeOf(source), personKey);
}

export type KeyOf = { readonly personId: string; readonly source: SourceId; readonly worker: Worker; readonly isNew: boolean };

/**
 * Keeps the source's id of a human being as the person's, as names are kept: for one person and for good. Throws `busy` where another worker record has just made a person with it. One that belongs to
 * somebody else already stays theirs: who two known people are is not for a source to merge.
 */
export async function keepPersonKey(stores: Stores, { personId, source, worker: { personKey }, isNew }: KeyOf): Promise<void> {
  if (personKey == null || personKey === '') return;
  const name = { scope: scopeOf(source), attribute: 'personKey', value: personKey, folded: personKey };
  if (!(await stores.names.reserve(personId, name)) && isNew)
    throw new GatehouseError('busy', `A person with the same person key was made at the same moment. Try again.`);
}

function scopeOf(source: SourceId): string {
  return `person-key/${source}`;
}
