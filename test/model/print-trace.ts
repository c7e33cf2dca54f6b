import type { Exploration } from './explore.ts';

/** A finding for people: what was broken, and the shortest way to it, a numbered line for each move. */
export function printTrace({ states, finding, trace }: Exploration): string {
  if (finding === null) return `${states} states, and nothing found.`;
  const what = finding.is === 'broken' ? `Broken: ${finding.law}.` : 'Stuck: no good end can be reached from here.';
  return [what, ...trace.map((label, index) => `${String(index + 1).padStart(3)}  ${label}`)].join('\n');
}
