import { evaluate, type Evaluation } from './evaluate-expression.ts';
import { MappingError } from './mapping-error.ts';
import type { MappingValue } from './mapping-value.ts';
import type { AttributeMapping, TargetMapping } from './target-mapping.ts';

/**
 * What a worker's account should have, names aside. Empty text counts as null, for no target takes it. On `create` attributes without a value are left
 * out; on `update` null clears, and attributes that apply on creation only are left out. An attribute whose expression says to leave it is left out.
 * Throws MappingError, naming the attribute, where an expression cannot be evaluated.
 */
export function mapAttributes(
  mapping: TargetMapping,
  evaluation: Evaluation,
  phase: 'create' | 'update',
): Readonly<Record<string, MappingValue>> {
  const wanted = mapping.attributes.filter(({ applies }) => phase === 'create' || applies === 'always');
  const mapped: (readonly [string, MappingValue])[] = [];
  for (const attribute of wanted) {
    const value = mapOne(mapping, attribute, evaluation);
    if (value === undefined || (phase === 'create' && value === null)) continue;
    mapped.push([attribute.attribute, value]);
  }
  return Object.fromEntries(mapped);
}

function mapOne({ target }: TargetMapping, { attribute, from }: AttributeMapping, evaluation: Evaluation): MappingValue | undefined {
  if (from.is === 'constant') return from.value;
  const evaluated = evaluateNamed(`${target} ${attribute}`, from.compiled, evaluation);
  if (evaluated.is === 'skip-object')
    throw new MappingError(
      'value',
      `${target} ${attribute}: IgnoreObjectFlow decides nothing here; leave people out by the scope of a workflow`,
      0,
    );
  if (evaluated.is === 'leave') return undefined;
  return evaluated.value === '' ? null : evaluated.value;
}

function evaluateNamed(name: string, compiled: Parameters<typeof evaluate>[0], evaluation: Evaluation): ReturnType<typeof evaluate> {
  try {
    return evaluate(compiled, evaluation);
  } catch (error) {
    if (error instanceof MappingError) throw new MappingError(error.kind, `${name}: ${error.message}`, error.position);
    throw error;
  }
}
