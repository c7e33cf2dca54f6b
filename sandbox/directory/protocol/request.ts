import type { Filter } from './filter.ts';

/** An attribute as it travels: its description and the values' bytes. */
export type WireAttribute = { readonly name: string; readonly values: readonly Buffer[] };

/** One change of a modify request. */
export type WireChange = WireAttribute & { readonly operation: 'add' | 'delete' | 'replace' };

/** A request control (RFC 4511 4.1.11). */
export type RequestControl = { readonly oid: string; readonly isCritical: boolean; readonly value: Buffer };

/** What a search asks for. Scope 0 is the base object, 1 one level, 2 the subtree. */
export type SearchRequest = {
  readonly type: 'search';
  readonly base: string;
  readonly scope: 0 | 1 | 2;
  readonly sizeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
};

/** A rename or a move. */
export type ModifyDnRequest = {
  readonly type: 'modifyDn';
  readonly dn: string;
  readonly newRdn: string;
  readonly deleteOldRdn: boolean;
  readonly newSuperior: string | undefined;
};

/** A bind; without a password it is one that the directory does not do (SASL). */
export type BindRequest = { readonly type: 'bind'; readonly name: string; readonly password: Buffer | undefined };

/** A request that is answered. */
export type LdapRequest =
  | BindRequest
  | SearchRequest
  | { readonly type: 'add'; readonly dn: string; readonly attributes: readonly WireAttribute[] }
  | { readonly type: 'modify'; readonly dn: string; readonly changes: readonly WireChange[] }
  | ModifyDnRequest
  | { readonly type: 'delete'; readonly dn: string }
  | { readonly type: 'compare'; readonly dn: string; readonly attribute: string; readonly value: Buffer }
  | { readonly type: 'extended'; readonly oid: string };

/** A message from a client. */
export type LdapMessage = {
  readonly id: number;
  readonly request: LdapRequest | { readonly type: 'unbind' } | { readonly type: 'abandon'; readonly id: number };
  readonly controls: readonly RequestControl[];
};
