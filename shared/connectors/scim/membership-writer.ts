import type { MembershipReader } from '../../ports/readers/memberships.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { MembershipWriter } from '../../ports/writers/writers.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted } from '../http/to-answer.ts';
import type { Priority } from '../http/wire.ts';
import { withQuery } from '../http/with-query.ts';
import { answerToChange, changeResource } from './change-resource.ts';
import { createChunks } from './chunks.ts';
import type { GroupDirectory } from './group-directory.ts';
import { keyOf, propertyOf, type Json } from './json.ts';
import { readResource } from './list-resources.ts';
import { memberOperations, type Member } from './member-operations.ts';
import { groupPath } from './membership-reader.ts';
import { notTried } from './not-tried.ts';
import type { ScimContext } from './scim-context.ts';

/**
 * Adds and removes members. Changes of one group that come while another is under way go together, at most `memberChunk` in a request, and there is never more than one request for a group. What is refused
 * together is tried one by one; a refusal is looked into before it is believed.
 */
export function createMembershipWriter(context: ScimContext, reader: MembershipReader, directory: GroupDirectory): MembershipWriter {
  const chunks = createChunks<Member, Answer>(context.profile.memberChunk, (group, members) =>
    writeMembers(context, { reader, directory, group }, members),
  );
  return {
    setMembership: (change, signal) =>
      chunks.add(resolvedId(change.other), { account: resolvedId(change.object), does: change.do, priority: priorityOf(change), signal }),
  };
}

type Group = { readonly reader: MembershipReader; readonly directory: GroupDirectory; readonly group: string };

async function writeMembers(context: ScimContext, group: Group, members: readonly Member[]): Promise<readonly Answer[]> {
  const priority: Priority = members.some((member) => member.priority === 'contain') ? 'contain' : 'normal';
  const result = await writeTogether(context, group, members, priority);
  if (result.is === 'accepted') return members.map(({ account }) => ({ ...result, id: account }));
  const [first, second] = members;
  if (result.is !== 'refused' || first === undefined) return members.map(() => result);
  if (second === undefined) return [await believed(group, first, result)];
  const answers: Answer[] = [];
  for (const member of members) answers.push(...(await writeMembers(context, group, [member])));
  return answers;
}

async function writeTogether(
  context: ScimContext,
  { directory, group }: Group,
  members: readonly Member[],
  priority: Priority,
): Promise<Answer> {
  // Whoever gives up does so for itself: the others' changes go on.
  const signal = members.length === 1 && members[0] !== undefined ? members[0].signal : anySignal(members);
  try {
    const there = members.some(({ does }) => does === 'link')
      ? await directory.ensure(group, priority, signal)
      : await nameOnly(directory, group, signal);
    if (there.is !== 'there') return there;
    const path = await groupPath(context, there.id);
    const { etag } = await context.service();
    // The members themselves are of no interest, and may be thousands.
    const version = etag
      ? (await readResource(context.api, withQuery(path, { excludedAttributes: 'members' }), signal)).version
      : undefined;
    const operations = () => memberOperations(members, context.profile);
    const edit = (whole: Json) => setMembers(whole, members);
    const result = await changeResource(context, { path, version, priority }, { operations, edit }, signal);
    return result.is === 'ok' ? accepted(group, result.reply.requestId) : answerToChange(result);
  } catch (error) {
    return notTried(error);
  }
}

/** Nobody is in a declared group that was never made. */
async function nameOnly(
  directory: GroupDirectory,
  group: string,
  signal: AbortSignal,
): Promise<{ readonly is: 'there'; readonly id: string } | Answer> {
  const id = await directory.idOf(group, signal);
  return id === undefined ? accepted(group) : { is: 'there', id };
}

async function believed(
  { reader, group }: Group,
  { account, does, signal }: Member,
  refusal: Extract<Answer, { is: 'refused' }>,
): Promise<Answer> {
  const isSo = async () =>
    (await reader.group(group, signal)) !== undefined && (await reader.isMember(group, account, signal)) === (does === 'link');
  return (await lookOr(isSo(), false)) ? accepted(account, refusal.problem.requestId) : refusal;
}

function setMembers(group: Json, changes: readonly Member[]): void {
  const key = keyOf(group, 'members') ?? 'members';
  const concerned = new Set(changes.map(({ account }) => account));
  const there: readonly unknown[] = Array.isArray(group[key]) ? group[key] : [];
  const kept = there.filter((member) => !concerned.has(String(propertyOf(member, 'value'))));
  group[key] = [...kept, ...changes.filter(({ does }) => does === 'link').map(({ account }) => ({ value: account }))];
}

function anySignal(members: readonly Member[]): AbortSignal {
  const all = new AbortController();
  const still = new Set(members);
  for (const member of members) {
    member.signal.addEventListener('abort', () => {
      still.delete(member);
      if (still.size === 0) all.abort(member.signal.reason);
    });
  }
  return all.signal;
}
