import { z } from 'zod';
import { primaryLink } from '../domain/subject.ts';
import { granting } from './granting.ts';
import { changes, skip } from './plans.ts';
import { need, type Task } from './task.ts';

const input = z.strictObject({ target: z.string(), teams: z.array(z.string()).min(1) });

/** Sees that the person is in teams, at once: through the group of a team it takes hours until Teams shows it. Takes nobody out. */
export const ensureTeams: Task<z.infer<typeof input>> = {
  id: 'ensure-teams',
  does: 'puts the person into teams',
  input,
  async plan({ target, teams }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'teams', 'account-missing', `There is no account in ${target} to put into teams.`);
    const reader = need(sight, target, 'teams');
    const missing: string[] = [];
    for (const team of teams) if (!(await reader.isInTeam(team, link.nativeId, sight.signal))) missing.push(team);
    const given = missing.map((id) => ({ kind: 'team', relation: 'team', id, name: `member of the team ${id}`, effect: 'grant' }) as const);
    return changes(given.map((one) => granting(link, subject, one)));
  },
};
