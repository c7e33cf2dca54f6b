/** A goal, and whether it was met. */
export function against(goal: string, isMet: boolean): string {
  return `(goal: ${goal}, ${isMet ? 'met' : 'MISSED'})`;
}
