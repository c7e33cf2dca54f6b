import { parameter, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import type { Group } from '../store/entities.ts';
import { readKind } from '../store/objects.ts';

/** The group of the path. Throws 404, which names it. */
export function requireGroup(call: GraphCall): Group {
  const id = parameter(call, 'group-id');
  const group = readKind(call.world, 'group', id);
  if (group === undefined) throw notFound(id);
  return group;
}
