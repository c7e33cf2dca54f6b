import type { NameClaim } from '../domain/change.ts';
import type { TargetId } from '../domain/ids.ts';
import { candidatesFor } from './candidates-for.ts';
import type { Evaluation } from './evaluate-expression.ts';
import { foldName } from './fold-name.ts';
import { mapAttributes } from './map-attributes.ts';
import type { MappingValue } from './mapping-value.ts';
import { nameAttributes } from './name-attributes.ts';
import { nameScope } from './name-scope.ts';
import type { TargetMapping } from './target-mapping.ts';

/** A name that an account needs, and the values to try for it, best first. */
export type BlueprintName = {
  readonly scope: string;
  readonly attribute: string;
  readonly checkedIn: readonly TargetId[];
  readonly candidates: () => Iterable<{ readonly value: string; readonly folded: string }>;
};

type Mapped = Readonly<Record<string, MappingValue>>;

/** What configuration makes of a person in one target: the names to choose, then all attributes. Chosen names are set once and never drift by themselves. */
export type Blueprint = {
  readonly names: readonly BlueprintName[];
  /** The attributes by which an account that is there already is known to be the person's; absent where it is the employee id. */
  readonly match?: readonly string[];
  /** The attributes once the names are chosen: `always` are kept so (null clears), `create` are set once, when the account is made. */
  attributes(names: readonly NameClaim[]): { readonly always: Mapped; readonly create: Mapped };
};

/** The blueprint of a worker's account. Attributes are mapped at once: throws MappingError where an expression cannot be evaluated. */
export function accountBlueprint(mapping: TargetMapping, workerId: string, evaluation: Evaluation): Blueprint {
  const all = mapAttributes(mapping, evaluation, 'create');
  const always = mapAttributes(mapping, evaluation, 'update');
  const named = mapping.names.map((spec) => ({ spec, scope: nameScope(spec.scheme, all) }));
  return {
    ...(mapping.match && { match: mapping.match }),
    names: named.map(({ spec, scope }) => ({
      scope,
      attribute: spec.attribute,
      checkedIn: spec.checkedIn,
      candidates: () => folded(candidatesFor(spec.scheme, workerId, evaluation)),
    })),
    attributes: (claims) => {
      const chosen = named.map(({ spec, scope }) => {
        const claim = claims.find((one) => one.scope === scope && one.attribute === spec.attribute);
        return claim === undefined ? {} : nameAttributes(spec, claim.value);
      });
      const once = Object.entries(all).filter(([attribute]) => !(attribute in always));
      return { always, create: { ...Object.fromEntries(once), ...Object.assign({}, ...chosen) } };
    },
  };
}

function* folded(values: Iterable<string>): Generator<{ readonly value: string; readonly folded: string }, void> {
  for (const value of values) yield { value, folded: foldName(value) };
}
