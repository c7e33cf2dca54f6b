import { GatehouseError } from '../errors.ts';

/** What went wrong: the text does not follow the grammar, names a function that there is not, gives it the wrong number of arguments, or met a value it cannot take. */
export type MappingErrorKind = 'parse' | 'unknown-function' | 'arguments' | 'value';

/** A mistake in an expression, with the place in its text: `position` counts characters from 0. Code `mapping-failed`. */
export class MappingError extends GatehouseError {
  readonly kind: MappingErrorKind;
  readonly position: number;

  constructor(kind: MappingErrorKind, message: string, position: number) {
    super('mapping-failed', message);
    this.name = 'MappingError';
    this.kind = kind;
    this.position = position;
  }
}
