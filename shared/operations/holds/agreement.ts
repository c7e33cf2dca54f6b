import type { Run } from '../../ports/registry/runs.ts';

const mark = 'agreed: ';

/** Who let a run go on, as it is kept with the run: one person, or those who had to agree. */
export function releasedBy(actors: readonly string[], needed: number): string {
  return needed > 1 ? `${mark}${actors.join(', ')}` : actors.join(', ');
}

/** Whether as many people as it takes have agreed to the run. That one of them let it past a brake is not agreement. */
export function isAgreed({ releasedBy: by }: Pick<Run, 'releasedBy'>): boolean {
  return by?.startsWith(mark) === true;
}
