import { contractDocument, type ContractContent, type ContractSchema } from '../contract/contract-document.ts';
import type { MatchedOperation } from '../contract/match-operation.ts';

/** The entity type of an operation's answer, or of the items of its collection; undefined where the answer is no entity. */
export function entityTypeOf(matched: MatchedOperation): string | undefined {
  const success = ['200', '201'].map((status) => matched.operation.responses[status]).find((response) => response !== undefined);
  return success === undefined ? undefined : typeOfContent(success);
}

/** Property names of an entity type; for `directoryObject` those of all the types derived from it. */
export function propertiesOf(entityType: string): ReadonlySet<string> {
  const known = cache.get(entityType);
  if (known !== undefined) return known;
  const schema = contractDocument().components.schemas[entityType];
  const derived = (schema?.['x-baseOf'] ?? []).filter((name) => name !== entityType).flatMap((name) => [...propertiesOf(name)]);
  const names = new Set([...Object.keys(schema?.properties ?? {}).filter((name) => !name.includes('@')), ...derived]);
  cache.set(entityType, names);
  return names;
}

const cache = new Map<string, ReadonlySet<string>>();

function typeOfContent(content: ContractContent): string | undefined {
  const schema = content.content?.['application/json']?.schema;
  const name = nameOf(schema?.$ref);
  const resolved = name === undefined ? schema : contractDocument().components.schemas[name];
  return nameOf(resolved?.properties?.['value']?.items?.$ref) ?? (name?.endsWith('.collectionResponse') === true ? undefined : name);
}

function nameOf(reference: ContractSchema['$ref']): string | undefined {
  return reference?.split('/').at(-1);
}
