import type { MappingValue } from '../mapping-value.ts';
import type { DateValue } from './date-value.ts';

/** The mark of a result that is no value: leave the attribute, or the object, as it is. */
export type Flow = { readonly kind: 'flow'; readonly leave: 'attribute' | 'object' };

/** What an expression works with: values, dates before they are rendered, and marks that travel to the top. */
export type RuntimeValue = MappingValue | DateValue | Flow;

export function isDate(value: RuntimeValue): value is DateValue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'date';
}

export function isFlow(value: RuntimeValue): value is Flow {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'flow';
}

export function isList(value: RuntimeValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}
