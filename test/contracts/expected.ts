import type { Answer } from '../../shared/ports/writers/answer.ts';

/** The value, which has to be there. */
export function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('expected to be there');
  return value;
}

/** The id in an answer that has to be `accepted`. */
export function idOf(answer: Answer): string {
  if (answer.is !== 'accepted') throw new Error(JSON.stringify(answer));
  return answer.id;
}

/** The value, which has to be text. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error('expected to be text');
  return value;
}
