import { resolvePath, type AttributePath } from './attribute-path.ts';
import type { AttributeDefinition, Attributes, ResourceSchema } from './schema.ts';
import { badRequest } from './scim-error.ts';

/** A page of a multi-valued attribute; `startIndex` is 1-based. */
export type ValuePage = { readonly startIndex: number; readonly count: number };

/** Which attributes an answer shall have: only these, or the defaults without those; and which page of `members`. */
export type Selection = {
  readonly only: readonly AttributePath[] | undefined;
  readonly except: readonly AttributePath[];
  readonly membersPage: ValuePage | undefined;
};

const pagedMembers = /^members\[startIndex=(\d+)&count=(\d+)\]$/i;

/** Reads `attributes` and `excludedAttributes` (RFC 7644 section 3.9), and Oracle's page of members `members[startIndex=1&count=100]`.
 * Throws a ScimError when both are given or an attribute is unknown. */
export function readSelection(schema: ResourceSchema, attributes: readonly string[], excluded: readonly string[]): Selection {
  if (attributes.length > 0 && excluded.length > 0) {
    throw badRequest('error.sandbox.invalidSelection', 'attributes and excludedAttributes cannot be combined.');
  }
  const paged = attributes.map((name) => pagedMembers.exec(name)).find((found) => found !== null);
  const paths = (names: readonly string[]) => names.map((name) => resolvePath(schema, pagedMembers.test(name) ? 'members' : name));
  return {
    only: attributes.length === 0 ? undefined : paths(attributes),
    except: paths(excluded),
    membersPage: paged ? { startIndex: Number(paged[1]), count: Number(paged[2]) } : undefined,
  };
}

/** Whether the selection asks for a core attribute by name. */
export function isSelected(selection: Selection, name: string): boolean {
  return selection.only?.some((path) => path.extension === undefined && path.attribute?.name === name) ?? false;
}

/** The resource as the selection and the schema's `returned` let it out. */
export function project(schema: ResourceSchema, resource: Attributes, selection: Selection): Attributes {
  const core = projectPlace(schema.attributes, resource, { selection, extension: undefined });
  const extensions = Object.entries(schema.extensions).flatMap(([urn, definitions]) => {
    const held = resource[urn];
    const shown =
      typeof held === 'object' && held !== null ? projectPlace(definitions, held as Attributes, { selection, extension: urn }) : {};
    return Object.keys(shown).length === 0 ? [] : [[urn, shown] as const];
  });
  return { ...core, ...Object.fromEntries(extensions) };
}

type Where = { readonly selection: Selection; readonly extension: string | undefined };

function projectPlace(definitions: readonly AttributeDefinition[], held: Attributes, where: Where): Attributes {
  const shown: Record<string, unknown> = {};
  for (const definition of definitions) {
    const value = held[definition.name];
    if (value === undefined || !isShown(definition, where)) continue;
    shown[definition.name] = pickSubs(definition, value, where);
  }
  return shown;
}

function isShown(definition: AttributeDefinition, { selection, extension }: Where): boolean {
  if (definition.returned === 'never') return false;
  if (definition.returned === 'always') return true;
  const names = (path: AttributePath) => path.extension === extension && path.attribute === definition;
  const namesPlace = (path: AttributePath) => extension !== undefined && path.extension === extension && path.attribute === undefined;
  if (selection.only?.some(names)) return true;
  if (definition.returned === 'request') return false;
  if (selection.only !== undefined) return selection.only.some(namesPlace);
  return !selection.except.some((path) => (names(path) && path.sub === undefined) || namesPlace(path));
}

function pickSubs(definition: AttributeDefinition, value: unknown, { selection, extension }: Where): unknown {
  const here = (path: AttributePath) => path.extension === extension && path.attribute === definition;
  const only = selection.only?.filter(here) ?? [];
  const isWhole = only.length === 0 || only.some((path) => path.sub === undefined);
  const except = new Set(selection.except.filter(here).map((path) => path.sub?.name));
  const isKept = (name: string) => (isWhole ? !except.has(name) : only.some((path) => path.sub?.name === name));
  const pick = (item: unknown) =>
    typeof item === 'object' && item !== null ? Object.fromEntries(Object.entries(item).filter(([name]) => isKept(name))) : item;
  return Array.isArray(value) ? value.map(pick) : pick(value);
}
