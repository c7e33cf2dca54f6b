import type { World } from '../foundation/world.ts';
import { domain } from './domain.ts';
import { parseDn, pathOf } from './names/dn.ts';
import { attributeDefinitions } from './schema/attributes.ts';
import { isDeleted } from './store/deleted-objects.ts';
import type { DirectoryObject } from './store/directory-object.ts';
import { directoryStore, type DirectoryStore } from './store/directory-store.ts';
import { readValues } from './store/read-values.ts';

/** An object for people and tests: single values as text, several as a list, octets as hexadecimal digits. Of a password only whether there is one. */
export type ObjectState = { readonly dn: string; readonly [attribute: string]: string | readonly string[] | boolean };

/** What the directory holds, every object with every attribute, oldest first, and apart from them the deleted ones. Without passwords. */
export function directoryState(world: Pick<World, 'database' | 'now'>): {
  readonly highestCommittedUSN: number;
  readonly objects: readonly ObjectState[];
  readonly deleted: readonly ObjectState[];
} {
  const store = directoryStore(world);
  const all = [...store.objects.subtree(pathOf(parseDn(domain.dn) ?? []))];
  const states = (objects: readonly DirectoryObject[]) => objects.map((object) => stateOf(store, object));
  return {
    highestCommittedUSN: store.counters.last('usn'),
    objects: states(all.filter((object) => !isDeleted(object))),
    deleted: states(all.filter((object) => isDeleted(object) && object.className !== 'container')),
  };
}

function stateOf(store: DirectoryStore, object: DirectoryObject): ObjectState {
  const state: { dn: string; [attribute: string]: string | readonly string[] | boolean } = { dn: object.dn };
  for (const definition of attributeDefinitions()) {
    const values = readValues(store, object, definition);
    const [first] = values;
    if (first !== undefined) state[definition.name] = definition.isSingle ? first : values;
  }
  return object.className === 'user' ? { ...state, passwordSet: store.passwords.has(object.id) } : state;
}
