import { ValueProblem } from '../values/value-problem.ts';
import { dateFunctions } from './dates.ts';
import { encodingFunctions } from './encoding.ts';
import { listFunctions } from './lists.ts';
import { logicFunctions } from './logic.ts';
import type { MappingFunction } from './mapping-function.ts';
import { randomFunctions } from './random.ts';
import { replaceFunctions } from './replace.ts';
import { textFunctions } from './text.ts';

/** Every function of the language by its name, which is case-sensitive. */
export const functionTable: ReadonlyMap<string, MappingFunction> = new Map(
  Object.entries({
    ...textFunctions,
    ...replaceFunctions,
    ...dateFunctions,
    ...listFunctions,
    ...logicFunctions,
    ...encodingFunctions,
    ...randomFunctions,
    DefaultDomain: {
      least: 0,
      most: 0,
      apply: (_, { domain }) => {
        if (domain === null) throw new ValueProblem('no default domain is configured');
        return domain;
      },
    } satisfies MappingFunction,
  }),
);
