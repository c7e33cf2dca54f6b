import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { contractDocument } from './contract-document.ts';
import { formats } from './formats.ts';

/** Which way a body travels: a request must not carry what is read-only, nor navigation properties inline. */
export type Direction = 'request' | 'answer';

const engines = new Map<Direction, Ajv2020>();
const validators = new Map<string, ValidateFunction>();

/** Checks a body against the schema at a place in the contract, given as the segments of a JSON pointer (RFC 6901).
 * Compiled at first use. Returns what does not fit, in words; nothing when it fits. */
export function checkBody(direction: Direction, place: readonly string[], body: unknown): readonly string[] {
  const pointer = place.map((segment) => encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const key = `${direction} ${pointer}`;
  const validate = validators.get(key) ?? engineFor(direction).compile({ $ref: `graph#/${pointer}` });
  validators.set(key, validate);
  if (validate(body)) return [];
  return [...new Set((validate.errors ?? []).map(describe))];
}

function engineFor(direction: Direction): Ajv2020 {
  const known = engines.get(direction);
  if (known !== undefined) return known;
  // Compiling counts here, not the compiled code: most schemas check a handful of bodies.
  const engine = new Ajv2020({
    strict: false,
    allErrors: false,
    validateSchema: false,
    logger: false,
    formats,
    inlineRefs: false,
    code: { optimize: false },
  });
  if (direction === 'request') forbidReadOnly(engine);
  engine.addSchema(contractDocument(), 'graph');
  engines.set(direction, engine);
  return engine;
}

function forbidReadOnly(engine: Ajv2020): void {
  engine.removeKeyword('readOnly');
  engine.addKeyword({
    keyword: 'readOnly',
    error: { message: 'is read-only and must not be sent' },
    validate: (isReadOnly: unknown) => isReadOnly !== true,
  });
  engine.addKeyword({
    keyword: 'x-navigation',
    error: { message: 'is a navigation property and must not be sent inline' },
    validate: (isNavigation: unknown, _data: unknown, parent?: Readonly<Record<string, unknown>>) =>
      isNavigation !== true || parent?.['x-deepInsert'] === true,
  });
}

function describe(error: ErrorObject): string {
  const extra = error.keyword === 'additionalProperties' ? ` '${String(error.params['additionalProperty'])}'` : '';
  return `${error.instancePath === '' ? 'The body' : error.instancePath.slice(1)} ${error.message ?? 'does not fit'}${extra}`;
}
