import { z } from 'zod';
import type { Link } from '../../domain/change.ts';
import type { TeamReader } from '../../ports/readers/teams.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { EdgeWriter } from '../../ports/writers/writers.ts';
import type { Api, WriteResult } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { lookOr } from '../http/look-or.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import { withQuery } from '../http/with-query.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';
import { userReference } from './directory-reference.ts';

const member = z.object({ id: z.string(), userId: z.string().nullish() });

/** Reads who is in a team (https://learn.microsoft.com/graph/api/team-list-members). */
export function createTeamReader(api: Api): TeamReader {
  return { isInTeam: async (team, account, signal) => (await membershipOf(api, { team, account }, signal)) !== undefined };
}

type Place = { readonly team: string; readonly account: string };

/** The id of the membership, by which alone it can be ended. */
async function membershipOf(api: Api, { team, account }: Place, signal: AbortSignal): Promise<string | undefined> {
  const filter = `(microsoft.graph.aadUserConversationMember/userId eq ${odataLiteral(account)})`;
  const path = withQuery(`/teams/${encodeURIComponent(team)}/members`, { $filter: filter });
  const found = await graphList(api, { method: 'GET', path }, member, signal);
  return found.find(({ userId }) => userId?.toLowerCase() === account.toLowerCase())?.id;
}

/** Adds members to teams and removes them (https://learn.microsoft.com/graph/api/team-post-members, team-delete-members); never owners. One that is so already is accepted. */
export function createTeamWriter(parts: EntraParts): EdgeWriter {
  return {
    setEdge: async (change, signal) => {
      const place = { team: resolvedId(change.other), account: resolvedId(change.object) };
      const isThere = async () => (await membershipOf(parts.api, place, signal)) !== undefined;
      const result = await (change.do === 'link' ? add(parts, change, place, signal) : remove(parts, change, place, signal));
      if (result === 'gone') return accepted(place.account);
      if (result.is === 'ok') return toAnswer(result, place.account);
      if (result.is !== 'refused') return toUnaccepted(result);
      if ((await lookOr(isThere(), undefined)) === (change.do === 'link')) return accepted(place.account, result.problem.requestId);
      return unlessNotYetVisible(result, place.account, parts.recent);
    },
  };
}

function add(parts: EntraParts, change: Admitted<Link>, { team, account }: Place, signal: AbortSignal): Promise<WriteResult> {
  const body = {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    roles: [],
    'user@odata.bind': userReference(parts.api.baseUrl, account),
  };
  return parts.api.write(
    { method: 'POST', path: `/teams/${encodeURIComponent(team)}/members`, body, priority: priorityOf(change) },
    signal,
  );
}

async function remove(parts: EntraParts, change: Admitted<Link>, place: Place, signal: AbortSignal): Promise<WriteResult | 'gone'> {
  const id = await lookOr(membershipOf(parts.api, place, signal), null);
  if (id === undefined) return 'gone';
  if (id === null) {
    const message = 'Microsoft Graph does not show the members of the team now; nothing was written.';
    return { is: 'later', retryAfterMs: 5_000, problem: { code: 'target-unavailable', message } };
  }
  const path = `/teams/${encodeURIComponent(place.team)}/members/${encodeURIComponent(id)}`;
  return parts.api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
}
