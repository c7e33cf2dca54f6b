import type { AccessRule, Entitlement } from '../../access/access-rule.ts';
import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { contentHash } from '../content-hash.ts';
import { accessFile, type AccessFile } from '../files/access-file.ts';
import type { ProblemList } from '../problem-list.ts';
import type { TargetConfig } from '../systems.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import type { ConfigFolder } from './config-folder.ts';
import type { Targets } from './load-targets.ts';

type Access = { readonly entitlements: Readonly<Record<string, Entitlement>>; readonly rules: readonly AccessRule[] };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What entitlements a kind of target knows, and how their objects are identified. */
const held: Readonly<
  Partial<Record<TargetConfig['kind'], { readonly kinds: readonly Entitlement['kind'][]; readonly id: RegExp; readonly idText: string }>>
> = {
  ad: { kinds: ['group'], id: guid, idText: 'an objectGUID in lower case' },
  entra: { kinds: ['group', 'licence'], id: guid, idText: 'a GUID in lower case' },
  oci: { kinds: ['group'], id: /^[0-9a-f]{32}$/, idText: '32 hexadecimal digits' },
  scim: { kinds: ['group'], id: /^\S(.*\S)?$/s, idText: 'the id that the application gave, or the externalId where groupsBy says so' },
};

/** access.yaml. Notes entitlements that their target does not know, and rules that grant what there is not. A rule's version is the start of the hash of what it says. */
export function loadAccess(folder: ConfigFolder, targets: Targets, problems: ProblemList): Access | undefined {
  const loaded = folder.load('access.yaml', accessFile);
  if (!loaded) return undefined;
  const { file, data } = loaded;
  for (const [id, entitlement] of Object.entries(data.entitlements)) checkEntitlement(id, entitlement, { file, targets, problems });
  checkRules(data, file, problems);
  return {
    entitlements: Object.fromEntries(
      Object.entries(data.entitlements).map(([id, { object, ...rest }]) => [id, { id, objectId: object, ...rest }]),
    ),
    rules: data.rules.map(({ id, when, grants }) => ({ id, version: contentHash({ when, grants }).slice(0, 8), when, grants })),
  };
}

function checkEntitlement(
  id: string,
  { target, kind, object }: AccessFile['entitlements'][string],
  { file, targets, problems }: { readonly file: YamlFile; readonly targets: Targets; readonly problems: ProblemList },
): void {
  const path = ['entitlements', id];
  const found = targets[target];
  if (!found)
    return problems.add(
      file,
      [...path, 'target'],
      `there is no target "${target}".${didYouMean(target, Object.keys(targets))} Targets: ${Object.keys(targets).join(', ')}`,
    );
  const what = held[found.kind];
  if (!what) return problems.add(file, [...path, 'target'], `${target} is of kind ${found.kind}, which gives no entitlements`);
  if (!what.kinds.includes(kind))
    problems.add(file, [...path, 'kind'], `a target of kind ${found.kind} has no ${kind}; it has: ${what.kinds.join(', ')}`);
  if (!what.id.test(object)) problems.add(file, [...path, 'object'], `must be the immutable id in ${target}: ${what.idText}`);
  if ((found.kind === 'oci' || found.kind === 'scim') && found.privilegedGroups.includes(object))
    problems.add(file, [...path, 'object'], `is a privileged group of ${target} (targets.yaml): no rule may give it`);
}

function checkRules({ entitlements, rules }: AccessFile, file: YamlFile, problems: ProblemList): void {
  const known = Object.keys(entitlements);
  const seen = new Set<string>();
  rules.forEach(({ id, grants }, index) => {
    if (seen.has(id)) problems.add(file, ['rules', index, 'id'], `the id "${id}" is used by an earlier rule; each rule needs its own`);
    seen.add(id);
    grants.forEach((grant, place) => {
      if (!known.includes(grant))
        problems.add(
          file,
          ['rules', index, 'grants', place],
          `there is no entitlement "${grant}".${didYouMean(grant, known)} Entitlements: ${known.join(', ')}`,
        );
    });
  });
}
