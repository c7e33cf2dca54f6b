import type { TargetId } from '../domain/ids.ts';
import type { Compiled } from './compile-expression.ts';

/** How a unique name is made, whatever attributes it is written to. */
export type NameScheme = {
  readonly id: string;
  /** Among what the name is unique in the registry, such as `upn` or `ad:contoso/sAMAccountName`. Targets that use one scheme share its reservation. */
  readonly scope: string;
  /** The attribute whose value narrows the scope, such as `ou` for a common name; null where it is unique everywhere. */
  readonly within: string | null;
  readonly base: Compiled;
  /** `ascii` takes accents off and drops every character that is not in `characters`; `as-written` keeps letters of every script. */
  readonly spelling: 'ascii' | 'as-written';
  /** The characters that are kept, as the inside of a regular expression's class, such as `a-z0-9.-`; null keeps all but control characters. */
  readonly characters: string | null;
  /** The most UTF-16 code units, counter included and suffix not. */
  readonly maxLength: number;
  /** Appended to every candidate, such as `@contoso.example`. */
  readonly suffix: string;
  /** The second holder of a name gets `name2`, or `name (2)`. */
  readonly onCollision: 'number' | 'parentheses';
};

/** How one target uses a scheme. */
export type NameSpec = {
  readonly scheme: NameScheme;
  /** The attribute under which the target is asked who bears the name; it takes the whole name. */
  readonly attribute: string;
  /** Other attributes that take the whole name, or what stands before its `@`. */
  readonly also: readonly NameAttribute[];
  /** Targets that know the attribute as a name of this scheme: nobody else may bear the name in any of them. */
  readonly checkedIn: readonly TargetId[];
};
export type NameAttribute = { readonly attribute: string; readonly part: 'whole' | 'local' };
