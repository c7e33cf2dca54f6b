import type { World } from '../../foundation/world.ts';
import { bodyOf, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import type { DirectoryObject } from '../store/entities.ts';
import { readObject } from '../store/objects.ts';

/** The id that a reference such as `https://graph.microsoft.com/v1.0/directoryObjects/{id}` ends with. */
export function referencedId(reference: string): string {
  return (reference.split('/').at(-1) ?? '').replace(/^.*\('(.*)'\)$/, '$1').toLowerCase();
}

/** The object that a reference leads to. Throws 404, which names the object, when it does not exist or cannot be seen yet. */
export function referencedObject(world: World, reference: string): DirectoryObject {
  const id = referencedId(reference);
  const object = readObject(world, id);
  if (object === undefined) throw notFound(id);
  return object;
}

/** The object that the body's `@odata.id` leads to. */
export function referencedByBody(call: GraphCall): DirectoryObject {
  return referencedObject(call.world, String(bodyOf(call)['@odata.id']));
}
