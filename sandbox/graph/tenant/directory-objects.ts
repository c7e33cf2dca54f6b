import { bodyOf, parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import { objectCollection } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { shapeOf } from '../odata/query-options.ts';
import { readObject } from '../store/objects.ts';

/** `GET /directoryObjects/{id}`. */
export function readDirectoryObject(call: GraphCall): GraphAnswer {
  const id = parameter(call, 'directoryObject-id');
  const object = readObject(call.world, id);
  if (object === undefined) throw notFound(id);
  return { status: 200, body: presentObject(call.world, object, shapeOf(call), true) };
}

/** `POST /directoryObjects/getByIds`: those that exist, of the types asked for (https://learn.microsoft.com/graph/api/directoryobject-getbyids). */
export function getByIds(call: GraphCall): GraphAnswer {
  const { ids, types }: { readonly ids?: unknown; readonly types?: unknown } = bodyOf(call);
  const found = (Array.isArray(ids) ? ids : []).flatMap((id: unknown) => readObject(call.world, String(id)) ?? []);
  const kinds = Array.isArray(types) && !types.includes('directoryObject') ? types : undefined;
  return objectCollection(
    call,
    found.filter(({ kind }) => kinds === undefined || kinds.includes(kind)),
  );
}
