import { existsSync } from 'node:fs';
import type { TaskCatalog } from '../workflows/validate-definition.ts';
import type { Config } from './config.ts';
import { ConfigErrors } from './config-errors.ts';
import { brakesFile } from './files/brakes-file.ts';
import { settingsFile } from './files/settings-file.ts';
import { checkOrganisationalUnits } from './load/check-organisational-units.ts';
import { openConfigFolder, type ConfigFolder } from './load/config-folder.ts';
import { loadAccess } from './load/load-access.ts';
import { loadMail } from './load/load-mail.ts';
import { loadMappings } from './load/load-mappings.ts';
import { loadNames, type Schemes } from './load/load-names.ts';
import { loadProtection } from './load/load-protection.ts';
import { loadSources } from './load/load-sources.ts';
import { loadTargets, type Targets } from './load/load-targets.ts';
import { loadWorkflows } from './load/load-workflows.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';

/**
 * Reads and checks every file of a configuration folder. `tasks` are the kinds of step that workflows may use, with the input of each. Throws
 * ConfigErrors with everything that is wrong, each with file, line and column; what depends on a file that could not be read is checked once it can be.
 */
export function loadConfig(directory: string, tasks: TaskCatalog): Config {
  if (!existsSync(directory))
    throw new ConfigErrors([{ file: directory, line: 1, column: 1, path: '', message: 'this folder is missing' }]);
  const problems = createProblemList();
  const folder = openConfigFolder(directory, problems);
  const settings = folder.load('settings.yaml', settingsFile)?.data;
  const sources = loadSources(folder);
  const targets = loadTargets(folder, sources, problems);
  const schemes = loadNames(folder, problems);
  const brakes = folder.load('brakes.yaml', brakesFile)?.data.brakes;
  const protection = loadProtection(folder, targets, problems);
  const templates = loadMail(folder, problems);
  const rest = targets && loadWhatNamesTargets(folder, { tasks, targets, schemes, templates, settings, problems });
  if (problems.problems.length > 0 || !settings || !sources || !brakes || !protection || !rest) throw new ConfigErrors(problems.problems);
  return { settings, sources, brakes, protection, ...rest };
}

type Known = {
  readonly tasks: TaskCatalog;
  readonly targets: Targets;
  readonly schemes: Schemes | undefined;
  readonly templates: Config['mail']['templates'];
  readonly settings: Config['settings'] | undefined;
  readonly problems: ProblemList;
};
type NamesTargets = Pick<Config, 'targets' | 'mappings' | 'access' | 'workflows' | 'mail'>;

function loadWhatNamesTargets(
  folder: ConfigFolder,
  { tasks, targets, schemes, templates, settings, problems }: Known,
): NamesTargets | undefined {
  const access = loadAccess(folder, targets, problems);
  const loaded = schemes ? loadMappings(folder, { targets, schemes, problems }) : [];
  const names = { targets: Object.keys(targets), templates: Object.keys(templates) };
  const workflows = loadWorkflows(folder, { tasks, ...names, systems: targets }, problems);
  for (const one of loaded) {
    const target = targets[one.mapping.target];
    if (target?.kind === 'ad') checkOrganisationalUnits(target, one, settings?.locations ?? {}, problems);
  }
  const sender = Object.values(targets).find(({ kind }) => kind === 'mail');
  const mappings = Object.fromEntries(loaded.map(({ mapping }) => [mapping.target, mapping]));
  return access && sender && { targets, mappings, access, workflows, mail: { target: sender.id, templates } };
}
