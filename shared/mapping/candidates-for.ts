import { evaluate, type Evaluation } from './evaluate-expression.ts';
import { MappingError } from './mapping-error.ts';
import { nameCandidates } from './name-candidates.ts';
import type { NameScheme } from './name-spec.ts';

/** The names to try for a worker by a scheme, best first (see `nameCandidates`). Throws MappingError where the base cannot be evaluated. */
export function candidatesFor(scheme: NameScheme, workerId: string, evaluation: Evaluation): Generator<string, void> {
  const base = evaluate(scheme.base, evaluation);
  const value = base.is === 'value' ? base.value : null;
  if (value !== null && typeof value === 'object') throw new MappingError('value', `the name scheme ${scheme.id} gives several values`, 0);
  return nameCandidates(scheme, value === null ? null : String(value), workerId);
}
