import type { PersonId } from '../../domain/ids.ts';
import type { ForeignChange, SeenMember, SeenUser } from '../../ports/registry/graph-door.ts';

/** Something that others changed, before it is kept. */
export type Found = Pick<ForeignChange, 'kind' | 'object' | 'other' | 'personId'>;

/** What a page shows: how things are to be remembered, and what of it others did. */
export type Judged = { readonly users: readonly SeenUser[]; readonly members: readonly SeenMember[]; readonly found: readonly Found[] };

/** Accounts or memberships by whose they are. */
export type Owners = ReadonlyMap<string, PersonId>;
