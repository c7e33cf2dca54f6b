import type { User } from './entities.ts';

const clause = /^\(?\s*user\.(\w+)\s+-(eq|ne)\s+(?:"([^"]*)"|(true|false))\s*\)?$/i;

/** Whether a user satisfies a dynamic membership rule: clauses `user.property -eq "value"` or `-ne`, joined by `-and`; text without regard to letter case
 * (https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership). Undefined for any other rule: the sandbox plays simple ones only. */
export function satisfiesRule(user: User, rule: string): boolean | undefined {
  const results = rule.split(/\s+-and\s+/i).map((part) => satisfiesClause(user, part.trim()));
  return results.includes(undefined) ? undefined : results.every((result) => result === true);
}

function satisfiesClause(user: User, rule: string): boolean | undefined {
  const [match, property = '', operator, quoted, literal] = clause.exec(rule) ?? [];
  if (match === undefined) return undefined;
  const value = user[property];
  const text = typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  const isEqual = text.toLowerCase() === (quoted ?? literal ?? '').toLowerCase();
  return operator?.toLowerCase() === 'eq' ? isEqual : !isEqual;
}
