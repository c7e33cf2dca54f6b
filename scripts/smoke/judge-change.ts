import type { Sight } from './eyes/eye.ts';
import type { ToldChange } from './told.ts';
import type { Row } from './verdict.ts';

type Judgement = Pick<Row, 'verdict' | 'found'>;

/** Clocks of two systems differ by a little. */
const toleranceMs = 5 * 60_000;

/** Holds one change that Gatehouse says is done against what the account looks like now; `isLast` tells what no later change has touched again. */
export function judgeChange(change: ToldChange, sight: Sight | undefined, isLast: (key: string) => boolean): Judgement {
  if ((change.do === 'delete' || change.do === 'purge') && change.kind === 'account')
    return agreeing(sight === undefined, 'it is gone', 'it is still there');
  if (sight === undefined) return { verdict: 'differs', found: `${change.target} has no account ${change.object}` };
  const edge = edgeOf(change);
  if (edge !== undefined) return judgeEdge(edge, sight, isLast);
  if (change.kind === 'account') return judgeValues(change, sight, isLast);
  if (change.kind === 'sessions') return judgeMoment('sessions end', sight.sessionsFrom, change);
  if (change.kind === 'password') return judgeMoment('password set', sight.passwordSetAt, change);
  if (change.kind === 'pass' && change.do === 'issue')
    return agreeing(
      sight.ways.some((way) => /temporaryAccessPass/.test(way)),
      'a pass is there',
      'no pass is there',
    );
  return { verdict: 'not seen', found: `${change.kind} is not looked at` };
}

/** The names of what a change decides, so that the last word on each is known. */
export function keysOf(change: ToldChange): readonly string[] {
  const edge = edgeOf(change);
  const place = `${change.target} ${change.object}`;
  if (edge !== undefined) return [edge.key];
  return change.kind === 'account' ? Object.keys(change.after ?? {}).map((name) => `${place} ${name}`) : [];
}

type Edge = { readonly key: string; readonly in: 'groups' | 'licences'; readonly other: string; readonly isWanted: boolean };

function edgeOf({ target, object, after, ...change }: ToldChange): Edge | undefined {
  if ((change.do !== 'link' && change.do !== 'unlink') || (change.kind !== 'group' && change.kind !== 'licence')) return undefined;
  const other = Object.values(after ?? {}).find((value) => typeof value === 'string');
  if (other === undefined) return undefined;
  return {
    key: `${target} ${object} ${other}`,
    in: change.kind === 'group' ? 'groups' : 'licences',
    other,
    isWanted: change.do === 'link',
  };
}

function judgeEdge({ key, in: room, other, isWanted }: Edge, sight: Sight, isLast: (key: string) => boolean): Judgement {
  if (!isLast(key)) return { verdict: 'not seen', found: 'changed again later' };
  const isThere = sight[room].some((one) => one.toLowerCase() === other.toLowerCase());
  const name = room === 'groups' ? 'group' : 'licence';
  return agreeing(isThere === isWanted, `${name}s are so`, `${name} ${other} is ${isThere ? 'still there' : 'missing'}`);
}

function judgeValues({ target, object, after }: ToldChange, sight: Sight, isLast: (key: string) => boolean): Judgement {
  const seen: Readonly<Record<string, unknown>> = { ...sight.attributes, enabled: sight.enabled };
  const compared = Object.entries(after ?? {}).filter(([name]) => name in seen && isLast(`${target} ${object} ${name}`));
  const differing = compared.filter(([name, value]) => !isSame(value, seen[name]));
  if (differing.length > 0)
    return {
      verdict: 'differs',
      found: differing.map(([name, value]) => `${name} is ${JSON.stringify(seen[name])}, told ${JSON.stringify(value)}`).join('; '),
    };
  return compared.length === 0
    ? { verdict: 'not seen', found: 'changed again later' }
    : { verdict: 'agrees', found: `${compared.length} values are so` };
}

function isSame(told: unknown, seen: unknown): boolean {
  if ((told ?? '') === '' && (seen ?? '') === '') return true;
  return String(told) === String(seen);
}

function judgeMoment(what: string, at: number | undefined, { sentAt }: ToldChange): Judgement {
  if (at === undefined || sentAt === null) return { verdict: 'not seen', found: `${what}: the target does not tell when` };
  return agreeing(at >= Date.parse(sentAt) - toleranceMs, what, `${what} only since ${new Date(at).toISOString()}`);
}

function agreeing(isSo: boolean, yes: string, no: string): Judgement {
  return isSo ? { verdict: 'agrees', found: yes } : { verdict: 'differs', found: no };
}
