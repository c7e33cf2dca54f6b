/** Comparison operators of the expression language. */
export type Operator = '=' | '<>' | '>' | '>=' | '<' | '<=';

/** Words that stand without parentheses. */
export type Keyword = 'IgnoreAttributeFlow' | 'IgnoreObjectFlow' | 'vbTextCompare' | 'vbBinaryCompare';

/** An expression as a tree. `position` is the index of the node's first character in the text. */
export type Expression =
  | { readonly kind: 'attribute'; readonly name: string; readonly position: number }
  | { readonly kind: 'literal'; readonly value: string | number; readonly position: number }
  | { readonly kind: 'keyword'; readonly word: Keyword; readonly position: number }
  | {
      readonly kind: 'compare';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  | Call;

/** An argument that is left out between commas. */
export type Omitted = { readonly kind: 'omitted'; readonly position: number };

export type Call = {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly (Expression | Omitted)[];
  readonly position: number;
};
