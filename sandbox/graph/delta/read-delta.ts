import { forgetChanges, oldestSequence, visibleSequence, type LoggedKind } from '../changes/read-changes.ts';
import type { GraphAnswer, GraphCall, Handler } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { epochOf } from './delta-epochs.ts';
import { pageOfRound, type DeltaRound } from './delta-page.ts';
import { scopeOf } from './delta-scope.ts';
import { readToken, syncStateNotFound, writeToken, type DeltaToken } from './delta-token.ts';
import { presentDelta } from './present-delta.ts';

const dayMs = 24 * 3_600_000;
// Directory objects: https://learn.microsoft.com/graph/delta-query-overview#token-duration
const tokenLifeMs = 7 * dayMs;
const standardPage = 200;

/** `GET /users/delta` and `GET /groups/delta` (https://learn.microsoft.com/graph/delta-query-overview): all objects in pages, or what changed since a `$deltatoken`,
 * and a `@odata.deltaLink` at the end. `$deltatoken=latest` starts from now. A token of more than 7 days is a 400 `syncStateNotFound`, one from before a demanded resync a 410 with `Location`. */
export function readDelta(kind: LoggedKind): Handler {
  return (call) => {
    const text = call.query.get('$deltatoken') ?? '';
    if (text === 'latest')
      return answer(call, { ...scopeOf(call), kind, since: undefined, until: visibleSequence(call.world), after: '' }, 0);
    return answer(call, roundOf(call, kind, call.query.get('$skiptoken') ?? text), pageSizeOf(call));
  };
}

function roundOf(call: GraphCall, kind: LoggedKind, text: string): DeltaRound {
  if (text === '') return { ...scopeOf(call), kind, since: undefined, until: visibleSequence(call.world), after: '' };
  const token = readToken(text, kind);
  requireCurrent(call, token);
  const { select, ids, since, until = visibleSequence(call.world), after = '' } = token;
  return { kind, select, ids, since, until, after };
}

function requireCurrent(call: GraphCall, token: DeltaToken): void {
  const { world } = call;
  if (token.epoch !== epochOf(world.database, token.kind)) throw gone(call, token);
  const isForgotten = token.since !== undefined && token.since < oldestSequence(world.database) - 1;
  if (token.issuedAt + tokenLifeMs < world.now() || isForgotten) throw syncStateNotFound();
}

// The answer's Location has an empty token: https://learn.microsoft.com/graph/delta-query-overview#synchronization-reset
function gone(call: GraphCall, { select, ids }: DeltaToken): GraphFailure {
  const selected = select === undefined ? '' : `&$select=${select.join(',')}`;
  const filtered = ids === undefined ? '' : `&$filter=${encodeURIComponent(ids.map((id) => `id eq '${id}'`).join(' or '))}`;
  return new GraphFailure(410, 'resyncRequired', 'Resync required. Start again from the address in Location.', {
    headers: { Location: `${linkTo(call, '$deltatoken', '')}${selected}${filtered}` },
  });
}

function answer(call: GraphCall, round: DeltaRound, size: number): GraphAnswer {
  const { world } = call;
  const page = size === 0 ? { entries: [], next: undefined } : pageOfRound(world, round, size);
  forgetChanges(world.database, world.now() - tokenLifeMs - dayMs);
  const { kind, select, ids } = round;
  const common = { kind, select, ids, epoch: epochOf(world.database, kind), issuedAt: world.now() };
  const link =
    page.next === undefined
      ? {
          '@odata.deltaLink': linkTo(
            call,
            '$deltatoken',
            writeToken({ ...common, since: round.until, until: undefined, after: undefined }),
          ),
        }
      : {
          '@odata.nextLink': linkTo(
            call,
            '$skiptoken',
            writeToken({ ...common, since: round.since, until: round.until, after: page.next }),
          ),
        };
  return {
    status: 200,
    body: {
      '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${kind}s`,
      ...link,
      value: page.entries.map((entry) => presentDelta(world, entry, round)),
    },
  };
}

function linkTo(call: GraphCall, option: '$deltatoken' | '$skiptoken', token: string): string {
  return `${call.origin}/v1.0${call.path}?${option}=${token}`;
}

// A client may ask for smaller pages: https://learn.microsoft.com/graph/api/user-delta#request-headers
function pageSizeOf(call: GraphCall): number {
  const [, wanted] = /odata\.maxpagesize=(\d+)/i.exec(call.headers.get('Prefer') ?? '') ?? [];
  return wanted === undefined ? standardPage : Math.min(Math.max(Number(wanted), 1), standardPage);
}
