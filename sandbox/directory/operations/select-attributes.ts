import type { WireAttribute } from '../protocol/request.ts';
import type { Entry } from '../protocol/response.ts';
import { attributeDefinition, attributeDefinitions, type AttributeDefinition } from '../schema/attributes.ts';
import { valueToWire } from '../schema/values.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { readValues } from '../store/read-values.ts';

// MaxValRange, the default of Active Directory's LDAP policies: no more values of one attribute at once.
const largestRange = 1500;

type Selected = { readonly definition: AttributeDefinition; readonly from: number; readonly to: number };

/** Prepares what a search wants to see of each object (RFC 4511 4.5.1.8): nothing, `*` or an empty list for all but computed attributes, `+` for those, names,
 * and ranges such as `member;range=0-1499` (MS-ADTS 3.1.1.3.1.3.3). Unknown names are left out. Without a range, long attributes come as their first range. */
export function selectAttributes(
  store: DirectoryStore,
  requested: readonly string[],
  typesOnly: boolean,
): (object: DirectoryObject) => Entry {
  const selected = dedupe(requested.length === 0 ? select('*') : requested.flatMap(select));
  const attributesOf = (object: DirectoryObject) => selected.flatMap((item) => readSelected(store, object, item));
  return (object) => ({
    dn: object.dn,
    attributes: attributesOf(object).map((attribute) => (typesOnly ? { ...attribute, values: [] } : attribute)),
  });
}

function select(name: string): readonly Selected[] {
  if (name === '*' || name === '+') {
    return [...attributeDefinitions()]
      .filter((item) => item.isConstructed === (name === '+'))
      .map((definition) => ({ definition, from: 0, to: Infinity }));
  }
  const [, plain = name, from = '0', to = '*'] = /^([^;]+);range=(\d+)-(\d+|\*)$/i.exec(name) ?? [];
  const definition = attributeDefinition(plain.replace(/;binary$/i, ''));
  return definition === undefined ? [] : [{ definition, from: Number(from), to: to === '*' ? Infinity : Number(to) }];
}

function dedupe(selected: readonly Selected[]): readonly Selected[] {
  return [...new Map(selected.map((item) => [`${item.definition.name} ${item.from}`, item])).values()];
}

function readSelected(store: DirectoryStore, object: DirectoryObject, selected: Selected): WireAttribute[] {
  const { definition, from, to } = selected;
  const values = readValues(store, object, definition);
  if (values.length <= from) return [];
  const end = Math.min(to + 1, from + largestRange, values.length);
  const isWhole = from === 0 && end === values.length && to === Infinity;
  const last = end === values.length ? '*' : String(end - 1);
  const name = isWhole ? definition.name : `${definition.name};range=${from}-${last}`;
  return [{ name, values: values.slice(from, end).map((value) => valueToWire(definition, value)) }];
}
