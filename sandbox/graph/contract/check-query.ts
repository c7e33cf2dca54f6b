import type { ContractOperation } from './contract-document.ts';

/** Checks query parameters against an operation. Returns what does not fit, in words. The grammar of `$filter`, `$select` and `$expand` is not looked at here. */
export function checkQuery(operation: ContractOperation, query: URLSearchParams): readonly string[] {
  const known = new Map((operation.parameters ?? []).filter((p) => p.in === 'query').map((p) => [p.name, p.schema?.type]));
  return [...query].flatMap(([name, value]) => {
    if (!known.has(name)) return [`The query specified in the URI is not valid. Query option '${name}' is not allowed.`];
    return fits(known.get(name), value) ? [] : [`Invalid value '${value}' for query option '${name}'.`];
  });
}

function fits(type: string | undefined, value: string): boolean {
  if (type === 'integer') return /^\d{1,9}$/.test(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  return true;
}
