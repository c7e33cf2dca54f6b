import { existsSync } from 'node:fs';
import type { TaskCatalog } from '../workflows/validate-definition.ts';
import type { Config } from './config.ts';
import { ConfigErrors } from './config-errors.ts';
import { brakesFile } from './files/brakes-file.ts';
import { settingsFile } from './files/settings-file.ts';
import { checkOrganisationalUnits } from './load/check-organisational-units.ts';
import { openConfigFolder } from './load/config-folder.ts';
import { loadAccess } from './load/load-access.ts';
import { loadMail } from './load/load-mail.ts';
import { loadMappings, type LoadedMapping } from './load/load-mappings.ts';
import { loadNames } from './load/load-names.ts';
import { loadSources } from './load/load-sources.ts';
import { loadTargets, type Targets } from './load/load-targets.ts';
import { loadWorkflows } from './load/load-workflows.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';

/**
 * Reads and checks every file of a configuration folder. `tasks` are the kinds of step that workflows may use, with the input of each. Throws
 * ConfigErrors with everything that is wrong, each with file, line and column; what depends on a file that could not be read is checked once it can be.
 */
export function loadConfig(directory: string, tasks: TaskCatalog): Config {
  const problems = createProblemList();
  if (!existsSync(directory)) throw new ConfigErrors([{ file: directory, line: 1, column: 1, path: '', message: 'this folder is missing' }]);
  const folder = openConfigFolder(directory, problems);
  const settings = folder.load('settings.yaml', settingsFile)?.data;
  const sources = loadSources(folder);
  const targets = loadTargets(folder, sources, problems);
  const schemes = loadNames(folder, problems);
  const brakes = folder.load('brakes.yaml', brakesFile)?.data.brakes;
  const templates = loadMail(folder, problems);
  const access = targets && loadAccess(folder, targets, problems);
  const mappings = targets && schemes ? loadMappings(folder, { targets, schemes, problems }) : [];
  const workflows = targets ? loadWorkflows(folder, { tasks, targets: Object.keys(targets), templates: Object.keys(templates) }, problems) : [];
  if (targets && settings) checkUnits(mappings, targets, { locations: settings.locations, problems });
  const mail = Object.values(targets ?? {}).find(({ kind }) => kind === 'mail');
  if (problems.problems.length > 0 || !settings || !sources || !targets || !access || !brakes || !mail) throw new ConfigErrors(problems.problems);
  const byTarget = Object.fromEntries(mappings.map(({ mapping }) => [mapping.target, mapping]));
  return { settings, sources, targets, mappings: byTarget, access, brakes, workflows, mail: { target: mail.id, templates } };
}

function checkUnits(
  mappings: readonly LoadedMapping[],
  targets: Targets,
  { locations, problems }: { readonly locations: Config['settings']['locations']; readonly problems: ProblemList },
): void {
  for (const loaded of mappings) {
    const target = targets[loaded.mapping.target];
    if (target?.kind === 'ad') checkOrganisationalUnits(target, loaded, locations, problems);
  }
}
