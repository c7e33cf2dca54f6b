import { isSystemProperty } from '../filterable-message.ts';
import type { FilterableMessage } from '../filterable-message.ts';
import type { Value } from './values.ts';

/** A property that a filter names. */
export interface Property {
  readonly scope: 'system' | 'user';
  /** In lower case: names do not count by case. */
  readonly name: string;
}

/** The property of a scope, `user` where none is given. Throws an error for a system property that filters cannot see. */
export function toProperty(scope: string | undefined, name: string): Property {
  const lower = name.toLowerCase();
  const space = scope?.toLowerCase() ?? 'user';
  if (space === 'user') return { scope: 'user', name: lower };
  if (space !== 'sys') throw new Error(`"${scope}" is no scope; the scopes are sys and user.`);
  if (isSystemProperty(lower)) return { scope: 'system', name: lower };
  throw new Error(
    `sys.${name} is not supported; use ContentType, CorrelationId, Label, MessageId, ReplyTo, ReplyToSessionId, SessionId, Subject or To.`,
  );
}

/** The value of a property; undefined where it is not there. A value of a type that filters do not know, such as bytes, cannot be told either. */
export function valueOf(message: FilterableMessage, { scope, name }: Property): Value {
  const value = message[scope].get(name);
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
