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

/** A scheme with the attributes of a target that take the name: whole, or only what stands before the `@`. The first is the one that is checked in the target. */
export type NameSpec = {
  readonly scheme: NameScheme;
  readonly attributes: readonly NameAttribute[];
};
export type NameAttribute = { readonly attribute: string; readonly part: 'whole' | 'local' };
