import type { Link } from '../../domain/change.ts';
import type { AppRoleReader } from '../../ports/readers/app-roles.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { AppRoleWriter } from '../../ports/writers/writers.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';
import { removePart } from './remove-part.ts';

/**
 * Assigns an application role, named `<application id>/<role id>`, and takes away an assignment by its own id (https://learn.microsoft.com/graph/api/user-post-approleassignments). One that is assigned already, and
 * one that is gone, are accepted.
 */
export function createAppRoleWriter(parts: EntraParts, reader: AppRoleReader): AppRoleWriter {
  return {
    setAppRole: (change, signal) => {
      if (change.do === 'link') return assign(parts, reader, change, signal);
      const id = resolvedId(change.other);
      const there = () => reader.appRolesOf(resolvedId(change.object), signal);
      return removePart(parts, change, { path: `appRoleAssignments/${encodeURIComponent(id)}`, id, there }, signal);
    },
  };
}

async function assign(parts: EntraParts, reader: AppRoleReader, change: Admitted<Link>, signal: AbortSignal): Promise<Answer> {
  const account = resolvedId(change.object);
  const wanted = resolvedId(change.other);
  const [resourceId = '', appRoleId = ''] = wanted.split('/');
  const path = `/users/${encodeURIComponent(account)}/appRoleAssignments`;
  const body = { principalId: account, resourceId, appRoleId };
  const result = await parts.api.write({ method: 'POST', path, body, priority: priorityOf(change) }, signal);
  if (result.is === 'ok') return toAnswer(result, account);
  // What is assigned already is refused as one "already exists".
  const held = result.is === 'refused' ? await lookOr(reader.appRolesOf(account, signal), []) : [];
  const isSo = result.is === 'refused' && held.some(({ grants }) => grants === wanted);
  return isSo ? accepted(account, result.problem.requestId) : unlessNotYetVisible(result, account, parts.recent);
}
