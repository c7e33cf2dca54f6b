import type { Value } from '../shared/domain/change.ts';

/** An attribute's value for people. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return '–';
  if (value === null || value === '') return '(empty)';
  if (typeof value !== 'object') return String(value);
  if ('id' in value) return value.id;
  if ('accountIn' in value) return `the account in ${value.accountIn}`;
  if ('secret' in value) return '(made when applied)';
  return value.length === 0 ? '(none)' : value.join(', ');
}
