import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { activeValue, softDeleted } from '../../mapping/active-value.ts';
import type { Compiled } from '../../mapping/compile-expression.ts';
import { followedId } from '../../mapping/followed-account.ts';
import type { NameSpec } from '../../mapping/name-spec.ts';
import type { AttributeMapping, TargetMapping } from '../../mapping/target-mapping.ts';
import { mappingFile, type AttributeEntry, type MappingFile } from '../files/mapping-file.ts';
import type { ProblemList } from '../problem-list.ts';
import type { TargetConfig } from '../systems.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import { compileAt } from './compile-at.ts';
import type { ConfigFolder, Loaded } from './config-folder.ts';
import type { Schemes } from './load-names.ts';
import type { Targets } from './load-targets.ts';

/** What an account of a kind cannot be made without. */
const needed: Readonly<Partial<Record<TargetConfig['kind'], readonly string[]>>> = {
  ad: ['cn', 'ou', 'sAMAccountName', 'userPrincipalName', 'employeeID'],
  entra: ['displayName', 'userPrincipalName', 'mailNickname', 'employeeId'],
  oci: ['userName', 'name.familyName', 'employeeNumber'],
  scim: ['userName'],
};

/** A mapping with the file it came from. */
export type LoadedMapping = { readonly file: YamlFile; readonly mapping: TargetMapping };

type NameEntry = MappingFile['names'][string];
type Context = { readonly targets: Targets; readonly schemes: Schemes; readonly problems: ProblemList };

/** mappings/: one mapping for each target that holds accounts. Notes everything that they name and there is not, and what an account needs and they leave out. */
export function loadMappings(folder: ConfigFolder, context: Context): readonly LoadedMapping[] {
  const files = folder.loadAll('mappings', mappingFile);
  const mapped = new Set<string>();
  for (const { file, data } of files) {
    checkTarget(file, data, context);
    if (mapped.has(data.target)) context.problems.add(file, ['target'], `${data.target} has a mapping in another file already`);
    mapped.add(data.target);
  }
  const unmapped = Object.values(context.targets).filter(({ id, kind }) => needed[kind] && !mapped.has(id));
  for (const { id } of unmapped) folder.note('mappings', `no file maps the target ${id}`);
  return files.map((loaded) => ({ file: loaded.file, mapping: mappingOf(loaded, files, context) }));
}

function checkTarget(file: YamlFile, data: MappingFile, { targets, problems }: Context): void {
  const { target, names, attributes } = data;
  const kind = targets[target]?.kind;
  const wanted = kind && needed[kind];
  if (!wanted) {
    const known = Object.values(targets).flatMap((one) => (needed[one.kind] ? [one.id] : []));
    return problems.add(
      file,
      ['target'],
      `"${target}" is no target that holds accounts.${didYouMean(target, known)} Targets: ${known.join(', ')}`,
    );
  }
  const filled = new Set([
    ...Object.entries(names).flatMap(([attribute, { also }]) => [attribute, ...Object.keys(also)]),
    ...Object.keys(attributes),
  ]);
  checkMatch(file, { kind, match: data.match, filled: new Set(Object.keys(attributes)) }, problems);
  const absent = wanted.filter((attribute) => !filled.has(attribute));
  if (absent.length > 0)
    problems.add(file, ['attributes'], `leaves out ${absent.join(', ')}, without which no ${kind} account can be made`);
}

const usualMatch = ['externalId'];

function checkMatch(
  file: YamlFile,
  {
    kind,
    match,
    filled,
  }: { readonly kind: string | undefined; readonly match: readonly string[] | undefined; readonly filled: ReadonlySet<string> },
  problems: ProblemList,
): void {
  if (kind !== 'scim') {
    if (match) problems.add(file, ['match'], 'is for targets of kind scim: elsewhere accounts are known by their employee id');
    return;
  }
  const absent = (match ?? usualMatch).filter((attribute) => !filled.has(attribute));
  if (absent.length > 0)
    problems.add(
      file,
      match ? ['match'] : ['attributes'],
      `gives no expression for ${absent.join(', ')}, by which an account that is there already would be known`,
    );
}

type Within = { readonly loaded: Loaded<MappingFile>; readonly files: readonly Loaded<MappingFile>[]; readonly context: Context };

function mappingOf(loaded: Loaded<MappingFile>, files: readonly Loaded<MappingFile>[], context: Context): TargetMapping {
  const { file, data } = loaded;
  const names = Object.entries(data.names).flatMap(([attribute, entry]) => specOf(attribute, entry, { loaded, files, context }) ?? []);
  const target = context.targets[data.target];
  const known = target?.kind === 'scim' ? followedNames(target.follows, files) : [];
  const place = { file, problems: context.problems, known };
  const { active, ...rest } = data.attributes;
  const mapped = target?.kind === 'scim' ? rest : data.attributes;
  const attributes = Object.entries(mapped).flatMap(([attribute, entry]) => attributeOf(attribute, entry, place) ?? []);
  const filled = { target: data.target, names, attributes };
  if (target?.kind !== 'scim') return filled;
  const switching = active && activeOf(active, place);
  return { ...filled, match: data.match ?? usualMatch, ...(switching && { active: switching }) };
}

/** What expressions may name of the account that is followed: its id, and all that its own mapping fills. */
function followedNames(follows: string | null, files: readonly Loaded<MappingFile>[]): readonly string[] {
  const followed = files.find(({ data }) => data.target === follows)?.data;
  if (followed === undefined) return [];
  const names = Object.entries(followed.names).flatMap(([attribute, { also }]) => [attribute, ...Object.keys(also)]);
  return [followedId, ...names, ...Object.keys(followed.attributes)];
}

type Place = { readonly file: YamlFile; readonly problems: ProblemList; readonly known: readonly string[] };

/** `active` is decided by whether an account is to be open, and by nothing else. */
function activeOf({ expression }: AttributeEntry, { file, problems }: Place): Compiled | undefined {
  const path = ['attributes', 'active'];
  if (expression === undefined) {
    problems.add(file, path, `must be an expression over [${softDeleted}]; leave it out to write true and false`);
    return undefined;
  }
  const compiled = compileAt(expression, { file, path, known: [softDeleted], only: true }, problems);
  if (compiled === undefined) return undefined;
  const [open, shut] = [activeValue(compiled, true), activeValue(compiled, false)];
  if (open === null || shut === null || open === shut)
    problems.add(
      file,
      path,
      `must give two values, one for an account that is open and another for one that is shut; it gives ${String(open)} and ${String(shut)}`,
    );
  return compiled;
}

function specOf(
  attribute: string,
  entry: NameEntry,
  { loaded: { file, data }, files, context: { schemes, problems } }: Within,
): NameSpec | undefined {
  const scheme = schemes.get(entry.scheme);
  const also = Object.entries(entry.also).map(([other, part]) => ({ attribute: other, part }));
  for (const name of [attribute, ...Object.keys(entry.also)]) {
    if (name in data.attributes) problems.add(file, ['attributes', name], `${name} is filled by the name ${attribute} already`);
  }
  if (!scheme) {
    const known = [...schemes.keys()];
    const near = didYouMean(entry.scheme, known);
    problems.add(file, ['names', attribute, 'scheme'], `there is no name scheme "${entry.scheme}".${near} Schemes: ${known.join(', ')}`);
    return undefined;
  }
  if (scheme.within !== null && !(scheme.within in data.attributes)) {
    problems.add(file, ['names', attribute], `the scheme ${scheme.id} is unique within ${scheme.within}, which this file does not map`);
  }
  const checkedIn = files.flatMap((other) => (other.data.names[attribute]?.scheme === entry.scheme ? [other.data.target] : []));
  return { scheme, attribute, also, checkedIn };
}

function attributeOf(attribute: string, entry: AttributeEntry, { file, problems, known }: Place): AttributeMapping | undefined {
  const { applies, value, expression } = entry;
  if (value !== undefined) return { attribute, applies, from: { is: 'constant', value } };
  const compiled = compileAt(expression ?? '', { file, path: ['attributes', attribute], known }, problems);
  return compiled && { attribute, applies, from: { is: 'expression', compiled } };
}
