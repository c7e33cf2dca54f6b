import type { TargetId } from '../domain/ids.ts';
import type { Compiled } from './compile-expression.ts';
import type { MappingValue } from './mapping-value.ts';
import type { NameSpec } from './name-spec.ts';

/** Where an attribute's value comes from. `applies: create` writes it once, when the account is created. */
export type AttributeMapping = {
  readonly attribute: string;
  readonly applies: 'always' | 'create';
  readonly from: { readonly is: 'expression'; readonly compiled: Compiled } | { readonly is: 'constant'; readonly value: MappingValue };
};

/** How accounts of one target are filled: names that have to be unique, and all other attributes, in the connector's own attribute names. */
export type TargetMapping = {
  readonly target: TargetId;
  readonly names: readonly NameSpec[];
  readonly attributes: readonly AttributeMapping[];
  /** The attributes by which an account that is there already is known to be the person's, the first that hits; absent where it is the employee id. */
  readonly match?: readonly string[];
  /** What says whether an account is open, from `[IsSoftDeleted]`; absent where the target has its own way. */
  readonly active?: Compiled;
};
