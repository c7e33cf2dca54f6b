import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { acceptSingle, acceptValue } from './accept-value.ts';
import { notMutable } from './accept-resource.ts';
import { resolvePath, type AttributePath } from './attribute-path.ts';
import { matchesValue } from './match-filter.ts';
import { extensionUrn, type AttributeDefinition, type Attributes, type ResourceSchema } from './schema.ts';
import { badRequest } from './scim-error.ts';

const patchSchema = z.object({
  schemas: z.array(z.string()).refine((urns) => urns.includes('urn:ietf:params:scim:api:messages:2.0:PatchOp')),
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1),
});

type Operation = z.infer<typeof patchSchema>['Operations'][number];
type Place = Record<string, unknown>;

/** The resource after a PATCH of RFC 7644 section 3.5.2: all operations or, as it throws a ScimError, none. `op` may have any case. Read-only and immutable
 * attributes are refused. As the RFC says, a removal whose path has no value filter removes all values, whatever its `value`. */
export function applyPatch(schema: ResourceSchema, resource: Attributes, body: unknown): Attributes {
  const patch = patchSchema.safeParse(body);
  if (!patch.success)
    throw badRequest(
      'error.sandbox.invalidPatch',
      'The body must be a PatchOp with Operations of add, replace or remove.',
      'invalidSyntax',
    );
  const changed: Place = structuredClone({ ...resource });
  for (const operation of patch.data.Operations) {
    for (const { path, value } of targetsOf(schema, operation)) applyOperation(changed, path, { op: operation.op, value });
  }
  return changed;
}

type Target = { readonly path: AttributePath; readonly value: unknown };
type Change = { readonly op: Operation['op']; readonly value: unknown };

// An operation without a path, or on a whole extension, is one on each attribute of its value.
function targetsOf(schema: ResourceSchema, { op, path, value }: Operation): readonly Target[] {
  const at = path === undefined ? undefined : resolvePath(schema, path);
  if (at?.attribute !== undefined) return [{ path: at, value }];
  if (op === 'remove') {
    if (at?.extension === undefined) throw badRequest('error.sandbox.noTarget', 'A removal needs a path.', 'noTarget');
    return (schema.extensions[at.extension] ?? [])
      .filter(isChangeable)
      .map((attribute) => ({ path: { ...at, attribute }, value: undefined }));
  }
  if (typeof value !== 'object' || value === null)
    throw badRequest('error.sandbox.invalidPatch', 'Without a path the value must be an object.', 'invalidSyntax');
  return Object.entries(value).flatMap(([name, item]) => {
    const inner = at?.extension === undefined ? name : `${at.extension}:${name}`;
    const isExtension = extensionUrn(schema, inner) !== undefined;
    return isExtension ? targetsOf(schema, { op, path: inner, value: item }) : [{ path: resolvePath(schema, inner), value: item }];
  });
}

function applyOperation(resource: Place, path: AttributePath, change: Change): void {
  const { attribute, sub, extension } = path;
  if (attribute === undefined || attribute.name === 'schemas') return;
  for (const definition of [attribute, sub]) if (definition !== undefined && !isChangeable(definition)) throw notMutable(definition);
  const place = extension === undefined ? resource : placeOf(resource, extension);
  const op = change.value === null ? 'remove' : change.op;
  if (path.filter !== undefined) return changeMatching(place, path, attribute, { op, value: change.value });
  if (sub !== undefined) return changeSub(place, attribute, sub, { op, value: change.value });
  if (op === 'remove') delete place[attribute.name];
  else place[attribute.name] = combined(attribute, place[attribute.name], { op, value: change.value });
}

function combined(attribute: AttributeDefinition, before: unknown, { op, value }: Change): unknown {
  if (attribute.isMulti) {
    const given = acceptValue(attribute, Array.isArray(value) ? value : [value]) as readonly unknown[];
    return op === 'add' ? withAdded(Array.isArray(before) ? before : [], given) : given;
  }
  const given = acceptValue(attribute, value);
  return attribute.type === 'complex' ? { ...(before as Attributes | undefined), ...(given as Attributes) } : given;
}

function withAdded(before: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const isPrimary = added.some((value) => (value as Attributes)['primary'] === true);
  const kept = isPrimary ? before.map((value) => ({ ...(value as Attributes), primary: false })) : before;
  return [...kept, ...added.filter((value) => !kept.some((other) => isSameValue(other, value)))];
}

function isSameValue(left: unknown, right: unknown): boolean {
  const [a, b] = [left as Attributes, right as Attributes];
  return isDeepStrictEqual(left, right) || (a['value'] !== undefined && a['value'] === b['value'] && a['type'] === b['type']);
}

function changeMatching(place: Place, path: AttributePath, attribute: AttributeDefinition, change: Change): void {
  const { filter, sub } = path;
  const values = Array.isArray(place[attribute.name]) ? (place[attribute.name] as readonly Attributes[]) : [];
  const isMatch = (value: Attributes) => filter !== undefined && matchesValue(attribute, value, filter);
  if (change.op === 'remove' && sub === undefined) {
    place[attribute.name] = values.filter((value) => !isMatch(value));
    return;
  }
  if (change.op !== 'remove' && !values.some(isMatch))
    throw badRequest('error.sandbox.noTarget', `No value of ${attribute.name} matches the path.`, 'noTarget');
  place[attribute.name] = values.map((value) => (isMatch(value) ? changedValue(value, attribute, { sub, ...change }) : value));
}

function changedValue(
  value: Attributes,
  attribute: AttributeDefinition,
  change: Change & { readonly sub: AttributeDefinition | undefined },
): Attributes {
  const { sub, op } = change;
  if (sub === undefined) return { ...value, ...(acceptSingle(attribute, change.value) as Attributes) };
  const { [sub.name]: _removed, ...rest } = value;
  return op === 'remove' ? rest : { ...value, [sub.name]: acceptValue(sub, change.value) };
}

function changeSub(place: Place, attribute: AttributeDefinition, sub: AttributeDefinition, change: Change): void {
  if (attribute.isMulti) {
    const values = (place[attribute.name] ?? []) as readonly Attributes[];
    place[attribute.name] = values.map((value) => changedValue(value, attribute, { sub, ...change }));
    return;
  }
  place[attribute.name] = changedValue((place[attribute.name] ?? {}) as Attributes, attribute, { sub, ...change });
}

function placeOf(resource: Place, extension: string): Place {
  const place: Place = { ...(resource[extension] as Attributes | undefined) };
  resource[extension] = place;
  return place;
}

function isChangeable(definition: AttributeDefinition): boolean {
  return definition.mutability === 'readWrite' || definition.mutability === 'writeOnly';
}
