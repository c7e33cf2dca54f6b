import { GatehouseError } from '../../errors.ts';

/** One of the people somebody asked for, as they named them, and why it cannot be done for them. */
export type PersonProblem = { readonly who: string; readonly problem: string };

/** Everything that is wrong with a list of people, one by one: nothing was begun for any of them. Code `input-invalid`. */
export class PeopleProblems extends GatehouseError {
  readonly problems: readonly PersonProblem[];

  constructor(problems: readonly PersonProblem[]) {
    super('input-invalid', `Nothing was begun. ${problems.map(({ who, problem }) => `“${who}”: ${problem}`).join('; ')}.`);
    this.name = 'PeopleProblems';
    this.problems = problems;
  }
}
