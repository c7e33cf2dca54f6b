import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { isWithin } from '../distinguished-name.ts';
import { targetsFile } from '../files/targets-file.ts';
import type { ProblemList } from '../problem-list.ts';
import type { AdConfig, ScimConfig, SourceConfig, TargetConfig } from '../systems.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import type { ConfigFolder } from './config-folder.ts';

export type Targets = Readonly<Record<string, TargetConfig>>;
type Check = { readonly file: YamlFile; readonly targets: Targets; readonly problems: ProblemList };

/** targets.yaml: the targets by their ids. Notes references to targets and sources that there are not, and organisational units outside their base. */
export function loadTargets(
  folder: ConfigFolder,
  sources: Readonly<Record<string, SourceConfig>> | undefined,
  problems: ProblemList,
): Targets | undefined {
  const loaded = folder.load('targets.yaml', targetsFile);
  if (!loaded) return undefined;
  const targets: Targets = Object.fromEntries(Object.entries(loaded.data.targets).map(([id, target]) => [id, { id, ...target }]));
  const check: Check = { file: loaded.file, targets, problems };
  for (const target of Object.values(targets)) checkTarget(target, sources, check);
  const senders = Object.values(targets).filter(({ kind }) => kind === 'mail');
  if (senders.length !== 1)
    problems.add(loaded.file, ['targets'], `has ${senders.length} targets of kind mail; there must be one, through which mail is sent`);
  return targets;
}

function checkTarget(target: TargetConfig, sources: Readonly<Record<string, SourceConfig>> | undefined, check: Check): void {
  if (target.kind === 'ad') return checkDirectory(target, check);
  if (target.kind === 'scim') return checkFollowed(target, check);
  if (target.kind === 'mail') return checkEntra(target.through, [target.id, 'through'], check);
  if (target.kind !== 'hr' || !sources || sources[target.source]?.kind === 'generic-hr') return;
  const known = Object.values(sources).flatMap((source) => (source.kind === 'generic-hr' ? [source.id] : []));
  check.problems.add(
    check.file,
    ['targets', target.id, 'source'],
    `there is no source "${target.source}" of kind generic-hr.${didYouMean(target.source, known)} Sources of that kind: ${known.join(', ')}`,
  );
}

function checkDirectory(target: AdConfig, check: Check): void {
  if (target.consumer !== null) checkEntra(target.consumer, [target.id, 'consumer'], check);
  for (const key of ['syncScope', 'protectedOus'] as const) {
    target[key].forEach((name, index) => {
      if (!isWithin(name, target.baseDn))
        check.problems.add(check.file, ['targets', target.id, key, index], `lies outside the directory's base ${target.baseDn}`);
    });
  }
}

function checkFollowed({ id, follows }: ScimConfig, { file, targets, problems }: Check): void {
  const kind = follows === null ? 'entra' : targets[follows]?.kind;
  if (follows === null || kind === 'ad' || kind === 'entra' || kind === 'oci') return;
  problems.add(file, ['targets', id, 'follows'], `"${follows}" is no target of kind ad, entra or oci, whose accounts could be followed`);
}

function checkEntra(id: string, path: readonly string[], { file, targets, problems }: Check): void {
  if (targets[id]?.kind === 'entra') return;
  const known = Object.values(targets).flatMap((target) => (target.kind === 'entra' ? [target.id] : []));
  problems.add(
    file,
    ['targets', ...path],
    `"${id}" is no target of kind entra.${didYouMean(id, known)} Targets of that kind: ${known.join(', ') || 'none'}`,
  );
}
