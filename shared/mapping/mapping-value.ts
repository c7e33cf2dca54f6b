/** A value that goes into or comes out of an expression. Null is an attribute that is not there; a list is a multi-valued attribute. */
export type MappingValue = string | number | boolean | null | readonly string[];

/** What an expression says of an attribute: its value; to leave the target's as it is (`IgnoreFlowIfNullOrEmpty`, `IgnoreAttributeFlow`); or to leave the whole object alone (`IgnoreObjectFlow`). */
export type Evaluated = { readonly is: 'value'; readonly value: MappingValue } | { readonly is: 'leave' } | { readonly is: 'skip-object' };
