/** A literal of OData's URL conventions. Dates and bare ids are kept as text. */
export type Literal = string | number | boolean | null;

/** The comparisons of OData that Graph knows. */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** A parsed `$filter` (OData 4.01 URL conventions, section 5.1.1). A path starts with a property of the entity or with the variable of an enclosing `any`. */
export type Filter =
  | { readonly is: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: 'compare'; readonly operator: Comparison; readonly path: readonly string[]; readonly value: Literal }
  | { readonly is: 'text'; readonly test: 'startswith' | 'endswith' | 'contains'; readonly path: readonly string[]; readonly value: string }
  | { readonly is: 'in'; readonly path: readonly string[]; readonly values: readonly Literal[] }
  | { readonly is: 'any'; readonly path: readonly string[]; readonly variable: string; readonly where: Filter | undefined };

/** A `$filter` that cannot be read; the message is Graph's. */
export class FilterSyntaxError extends Error {
  constructor(text: string) {
    super(`Invalid filter clause: ${text}`);
    this.name = 'FilterSyntaxError';
  }
}
