import type { z } from 'zod';
import { didYouMean } from '../domain/schema/did-you-mean.ts';
import type { TaskStep, WorkflowDefinition } from './definition.ts';
import { stepsOf, type PlacedStep } from './steps-of.ts';

/** What a definition may name: the tasks that there are, with the input of each. */
export type TaskCatalog = readonly { readonly id: string; readonly input: z.ZodType }[];

/** A mistake in a definition, at a path such as `['steps', 2, 'with', 'target']`. */
export type DefinitionProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** Every mistake in a definition that has the right shape: unknown tasks, ids used twice, input that a task does not take, waits beside other steps. Empty where there is none. */
export function validateDefinition(definition: WorkflowDefinition, tasks: TaskCatalog): readonly DefinitionProblem[] {
  const placed = stepsOf(definition.steps);
  return [
    ...repeatedIds(placed),
    ...placed.flatMap(({ step, path }) => ('task' in step ? taskProblems(step, path, tasks) : [])),
    ...placed.flatMap(({ step, path, isParallel }) => ('wait' in step && isParallel ? [waitBeside(path)] : [])),
    ...triggerProblems(definition),
  ];
}

function repeatedIds(placed: readonly PlacedStep[]): readonly DefinitionProblem[] {
  const seen = new Set<string>();
  return placed.flatMap(({ step, path }) => {
    if (!seen.has(step.id)) {
      seen.add(step.id);
      return [];
    }
    return [{ path: [...path, 'id'], message: `the id "${step.id}" is used by an earlier step; each step needs its own` }];
  });
}

function taskProblems(step: TaskStep, path: PlacedStep['path'], tasks: TaskCatalog): readonly DefinitionProblem[] {
  const task = tasks.find(({ id }) => id === step.task);
  if (!task) {
    const known = tasks.map(({ id }) => id);
    return [
      { path: [...path, 'task'], message: `there is no task "${step.task}".${didYouMean(step.task, known)} Tasks: ${known.join(', ')}` },
    ];
  }
  const result = task.input.safeParse(step.with ?? {}, { reportInput: true });
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    path: [...path, 'with', ...issue.path.map(pathPart)],
    message: inputMessage(task.id, issue),
  }));
}

function inputMessage(task: string, issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return `is missing: ${task} needs it (${issue.expected})`;
  return `is not what ${task} takes: ${issue.message}`;
}

function pathPart(part: PropertyKey): string | number {
  return typeof part === 'number' ? part : String(part);
}

function waitBeside(path: PlacedStep['path']): DefinitionProblem {
  return { path, message: 'a wait cannot stand inside parallel: a run that waits starts again at its next step; put it before or after' };
}

function triggerProblems({ trigger }: WorkflowDefinition): readonly DefinitionProblem[] {
  if (trigger.startDaysBefore === undefined || trigger.event === 'joiner' || trigger.event === 'rehire' || trigger.event === 'leaver')
    return [];
  return [
    {
      path: ['trigger', 'startDaysBefore'],
      message: `has no meaning for ${trigger.event}: only joiner, rehire and leaver have a day to start before`,
    },
  ];
}
