import type { Location } from '../../domain/facts/location.ts';
import type { Expression, Omitted } from '../../mapping/expression.ts';
import type { AttributeMapping } from '../../mapping/target-mapping.ts';
import { isWithin } from '../distinguished-name.ts';
import type { ProblemList } from '../problem-list.ts';
import type { AdConfig } from '../systems.ts';
import type { LoadedMapping } from './load-mappings.ts';
import { whyNotPlaced } from './why-not-placed.ts';

/**
 * Sees that no account can be put where the directory sync does not look: every organisational unit that the `ou` mapping spells out, and those of all
 * locations where it uses them, have to lie within `syncScope` and outside `protectedOus`. Only what is written can be checked: a name that an expression puts together from
 * pieces is checked by nobody, so complete names are the way to write it.
 */
export function checkOrganisationalUnits(
  directory: AdConfig,
  { file, mapping }: LoadedMapping,
  locations: Readonly<Record<string, Location>>,
  problems: ProblemList,
): void {
  const ou = mapping.attributes.find(({ attribute }) => attribute === 'ou');
  if (!ou) return;
  for (const name of namesIn(ou).filter((text) => isWithin(text, directory.baseDn))) {
    const reason = whyNotPlaced(name, directory);
    if (reason) problems.add(file, ['attributes', 'ou'], reason);
  }
  const usesLocations = ou.from.is === 'expression' && ou.from.compiled.attributes.some(({ name }) => name === 'site.ou');
  const outside = usesLocations
    ? Object.entries(locations).filter(([, location]) => location.ou !== null && whyNotPlaced(location.ou, directory))
    : [];
  for (const [code, location] of outside)
    problems.add(file, ['attributes', 'ou'], `for the location ${code} (settings.yaml): ${whyNotPlaced(location.ou ?? '', directory)}`);
}

function namesIn({ from }: AttributeMapping): readonly string[] {
  if (from.is === 'constant') return typeof from.value === 'string' ? [from.value] : [];
  return literalsIn(from.compiled.expression);
}

function literalsIn(expression: Expression | Omitted): readonly string[] {
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? [expression.value] : [];
  if (expression.kind === 'call') return expression.arguments.flatMap(literalsIn);
  return expression.kind === 'compare' ? [...literalsIn(expression.left), ...literalsIn(expression.right)] : [];
}
