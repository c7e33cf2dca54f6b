import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import type { WorkflowDefinition } from '../../workflows/definition.ts';
import { definitionSchema } from '../../workflows/definition-schema.ts';
import { stepsOf } from '../../workflows/steps-of.ts';
import { validateDefinition, type TaskCatalog } from '../../workflows/validate-definition.ts';
import type { LoadedWorkflow } from '../config.ts';
import { definitionHash } from '../definition-hash.ts';
import type { ProblemList } from '../problem-list.ts';
import { checkMoveTargets } from './check-move-targets.ts';
import type { ConfigFolder, Loaded } from './config-folder.ts';
import type { Targets } from './load-targets.ts';

/** What workflows may name in the input of their tasks. */
export type Nameable = {
  readonly tasks: TaskCatalog;
  readonly targets: readonly string[];
  readonly templates: readonly string[];
  readonly systems: Targets;
};

/** Keys of a task's input that name a target or a mail template, in every task of the catalog. */
const references: Readonly<Record<string, 'targets' | 'templates'>> = {
  target: 'targets',
  from: 'targets',
  consumer: 'targets',
  template: 'templates',
  mail: 'templates',
};

/** workflows/: the definitions in the order of their ids, each in a file of its id. Notes every name in them that there is not. */
export function loadWorkflows(folder: ConfigFolder, nameable: Nameable, problems: ProblemList): readonly LoadedWorkflow[] {
  const files = folder.loadAll('workflows', definitionSchema);
  for (const loaded of files) {
    checkDefinition(loaded, nameable, problems);
    checkMoveTargets(loaded, nameable.systems, problems);
  }
  return files
    .map(({ data }) => ({ definition: data, hash: definitionHash(data) }))
    .toSorted((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
}

function checkDefinition({ file, data }: Loaded<WorkflowDefinition>, nameable: Nameable, problems: ProblemList): void {
  if (!file.name.endsWith(`/${data.id}.yaml`)) problems.add(file, ['id'], `is "${data.id}", so the file must be called ${data.id}.yaml`);
  for (const { path, message } of validateDefinition(data, nameable.tasks)) problems.add(file, path, message);
  for (const { step, path } of stepsOf(data.steps)) {
    if (!('task' in step)) continue;
    for (const [key, value] of Object.entries(step.with ?? {})) {
      const message = referenceProblem(key, value, nameable);
      if (message) problems.add(file, [...path, 'with', key], message);
    }
  }
}

function referenceProblem(key: string, value: unknown, nameable: Nameable): string | undefined {
  const kind = references[key];
  if (!kind || typeof value !== 'string' || nameable[kind].includes(value)) return undefined;
  const [what, all] = kind === 'targets' ? ['target', 'Targets'] : ['mail template', 'Templates'];
  return `there is no ${what} "${value}".${didYouMean(value, nameable[kind])} ${all}: ${nameable[kind].join(', ')}`;
}
