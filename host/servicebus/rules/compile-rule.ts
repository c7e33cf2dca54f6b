import type { FilterableMessage } from './filterable-message.ts';
import { CORRELATION_NAMES } from './rule.ts';
import type { CorrelationFilter, Rule } from './rule.ts';
import { parseCondition } from './sql/parse-condition.ts';

/** Whether a message passes a rule. */
export type Passes = (message: FilterableMessage) => boolean;

/** A rule ready for use. Throws an error that names the rule and says what is wrong with its filter. */
export function compileRule({ name, filter }: Rule): Passes {
  try {
    if (filter.is === 'correlation') return compileCorrelation(filter);
    const condition = parseCondition(filter.expression);
    // A condition that cannot be told, such as one on a property that a message lacks, does not hold.
    return (message) => condition(message) === true;
  } catch (error) {
    throw new Error(`The rule "${name}" cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** All values must be the same, by case too. */
function compileCorrelation({ system, user }: CorrelationFilter): Passes {
  const wanted = CORRELATION_NAMES.flatMap((name) => (system[name] === undefined ? [] : [[name.toLowerCase(), system[name]] as const]));
  const properties = Object.entries(user).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (wanted.length + properties.length === 0) throw new Error('its correlation filter names no property. Name one, or use a SQL filter.');
  return (message) =>
    wanted.every(([name, value]) => message.system.get(name) === value) &&
    properties.every(([name, value]) => message.user.get(name) === value);
}
