/** The name and key of an entity. Names have no case: they are kept in lower case. */
export type EntityId = { readonly name: string; readonly key: string };

/** The id under which an entity is addressed and stored (extension, `EntityId.cs`, `GetSchedulerIdFromEntityId`). */
export function schedulerId({ name, key }: EntityId): string {
  return `@${name.toLowerCase()}@${key}`;
}

/** The name and key in such an id. */
export function entityIdOf(id: string): EntityId {
  const at = id.indexOf('@', 1);
  return { name: id.slice(1, at), key: id.slice(at + 1) };
}
