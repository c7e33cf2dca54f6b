/** What is wrong with a setting, and what to do about it. Neither holds the value. */
export type SettingProblem = { readonly name: string; readonly problem: string; readonly wayOut: string };

/** The list as people read it, a line each. */
export function listOfProblems(problems: readonly SettingProblem[]): string {
  return problems.map(({ name, problem, wayOut }) => `${name}: ${problem}. ${wayOut}`).join('\n');
}
