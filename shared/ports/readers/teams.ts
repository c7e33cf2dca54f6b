/** Reads who is in a team. A team that is not there throws `target-not-found`. */
export type TeamReader = { isInTeam(teamId: string, accountId: string, signal: AbortSignal): Promise<boolean> };
