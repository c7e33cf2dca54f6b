/** A value that a fact is compared with. */
export type Scalar = string | number | boolean;

/** Any part of a condition, as it is written: plain JSON. */
export type ConditionPart = Scalar | null | readonly ConditionPart[] | { readonly [key: string]: ConditionPart };

/**
 * A condition on a worker, kept as it was written so that it can be stored, hashed and shown unchanged. All of its entries have to hold; an empty one
 * holds for everyone. `all`, `any` and `not` combine conditions, `present` names facts that must be there, and every other key is a fact
 * (`department`, `location.code`, `custom.badge`) with what it may be: a value, a list of values, or
 * `{ is, startsWith, caseSensitive }`. Text is compared without regard to case unless `caseSensitive: true`.
 */
export type Condition = { readonly [key: string]: ConditionPart };
