import { parameter, type Handler } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import { objectCollection, plainCollection } from '../odata/collection.ts';
import { related } from '../odata/present-object.ts';
import type { ObjectKind } from '../store/entities.ts';
import { readObject } from '../store/objects.ts';
import { findUser } from './find-user.ts';

const pathParameter = {
  user: 'user-id',
  group: 'group-id',
  directoryRole: 'directoryRole-id',
  device: 'device-id',
  administrativeUnit: 'administrativeUnit-id',
} as const;

/** Lists what a navigation property of the path's object leads to, of one kind only when `cast` is given. */
export function listRelated(kind: ObjectKind, property: string, cast?: ObjectKind): Handler {
  return (call) => {
    const name = parameter(call, pathParameter[kind]);
    const user = kind === 'user' ? findUser(call.world, name) : undefined;
    const object = user === undefined ? readObject(call.world, name) : ({ kind: 'user', entity: user } as const);
    if (object?.kind !== kind) throw notFound(name);
    const found = related(call.world, object, property) ?? [];
    return objectCollection(call, cast === undefined ? found : found.filter((item) => item.kind === cast));
  };
}

/** Lists the ids of what a navigation property leads to, as references. */
export function listReferences(kind: ObjectKind, property: string): Handler {
  return (call) => {
    const name = parameter(call, pathParameter[kind]);
    const object = readObject(call.world, name);
    if (object?.kind !== kind) throw notFound(name);
    const value = (related(call.world, object, property) ?? []).map(({ entity }) => ({
      '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${entity.id}`,
    }));
    return { status: 200, body: { value } };
  };
}

/** An empty collection under a user: the tenant holds none of these. */
export const listNothing: Handler = (call) => {
  const name = parameter(call, 'user-id');
  if (findUser(call.world, name) === undefined) throw notFound(name);
  return plainCollection(call, []);
};
