import { GatehouseError } from '../../shared/errors.ts';
import { PeopleProblems, type PersonProblem } from '../../shared/operations/on-demand/people-problems.ts';
import { findPerson } from '../../shared/operations/person-view.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';

/** The person ids of people as somebody named them, each once. Throws PeopleProblems with every name that is nobody's or several people's. */
export async function peopleNamed(registry: Registry, keys: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  const problems: PersonProblem[] = [];
  for (const who of keys) {
    try {
      found.add(await findPerson(registry, who));
    } catch (error) {
      if (!(error instanceof GatehouseError) || (error.code !== 'not-found' && error.code !== 'ambiguous')) throw error;
      problems.push({ who, problem: error.message.replace(/\.$/, '') });
    }
  }
  if (problems.length > 0) throw new PeopleProblems(problems);
  return [...found];
}
