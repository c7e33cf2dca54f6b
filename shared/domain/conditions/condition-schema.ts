import { z } from 'zod';
import { isWorkerFact, workerFacts } from '../facts/worker-fact.ts';
import { didYouMean } from '../schema/did-you-mean.ts';
import type { Condition } from './condition.ts';

type Path = readonly (string | number)[];
type Report = (path: Path, message: string) => void;

const matcherKeys = ['is', 'startsWith', 'caseSensitive'];
const combiners = ['all', 'any', 'not', 'present'];

/** Checks a condition as it is written; every mistake is an issue at its own place. */
export const conditionSchema: z.ZodType<Condition> = z.record(z.string(), z.json()).superRefine((raw, context) => {
  checkCondition(raw, [], (path, message) => context.addIssue({ code: 'custom', path: [...path], message }));
});

function checkCondition(raw: unknown, path: Path, report: Report): void {
  if (!isRecord(raw)) return report(path, 'must be a condition such as { department: Platform }');
  for (const [key, value] of Object.entries(raw)) checkEntry(key, value, { path: [...path, key], report });
}

function checkEntry(key: string, value: unknown, { path, report }: { readonly path: Path; readonly report: Report }): void {
  if (key === 'all' || key === 'any') {
    if (!Array.isArray(value) || value.length === 0) return report(path, `must be a list of one or more conditions`);
    return value.forEach((inner: unknown, index) => checkCondition(inner, [...path, index], report));
  }
  if (key === 'not') return checkCondition(value, path, report);
  if (key === 'present') return checkPresent(value, path, report);
  if (!isWorkerFact(key)) return report(path, unknownFact(key, combiners));
  checkMatcher(value, path, report);
}

function checkPresent(value: unknown, path: Path, report: Report): void {
  const paths: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const fact of paths) if (typeof fact !== 'string' || !isWorkerFact(fact)) report(path, unknownFact(String(fact), []));
}

function checkMatcher(value: unknown, path: Path, report: Report): void {
  if (!isRecord(value)) return checkScalars(value, path, report);
  if (value['is'] === undefined && value['startsWith'] === undefined) report(path, 'must have "is" or "startsWith"');
  for (const [key, part] of Object.entries(value)) {
    if (!matcherKeys.includes(key))
      report([...path, key], `unknown key "${key}".${didYouMean(key, matcherKeys)} Allowed here: ${matcherKeys.join(', ')}`);
    else if (key !== 'caseSensitive') checkScalars(part, [...path, key], report);
    else if (typeof part !== 'boolean') report([...path, key], 'must be true or false');
  }
}

function checkScalars(value: unknown, path: Path, report: Report): void {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) report(path, 'is an empty list, which nothing can match; list one or more values');
  const wrong = values.some((one) => one === null || typeof one === 'object');
  if (wrong)
    report(path, 'must be a value, a list of values, or { is, startsWith, caseSensitive }; for a fact that must be there use present');
}

function unknownFact(path: string, others: readonly string[]): string {
  const allowed = [...others, ...workerFacts];
  return `"${path}" is no fact of a worker.${didYouMean(path, allowed)} Allowed here: ${allowed.join(', ')}, custom.<name>`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
