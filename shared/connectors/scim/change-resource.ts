import type { Answer } from '../../ports/writers/answer.ts';
import type { WriteResult } from '../http/api.ts';
import { toUnaccepted } from '../http/to-answer.ts';
import type { Priority } from '../http/wire.ts';
import type { Json } from './json.ts';
import { readResource } from './list-resources.ts';
import { patchBody, type Operation } from './patch-body.ts';
import type { ScimContext } from './scim-context.ts';
import type { ScimService } from './scim-service.ts';

/** A resource that is to be changed; `version` is that of which it is known what is in it. */
export type Changing = { readonly path: string; readonly version: string | undefined; readonly priority: Priority };

/** A change both ways: as operations of a PATCH, and as what a PUT makes of the whole resource. Which is sent goes by the server. */
export type Both = { readonly operations: () => readonly Operation[]; readonly edit: (whole: Json) => void };

/**
 * Changes a resource by PATCH, or where there is none by PUT (RFC 7644 sections 3.5.1 and 3.5.2). With a version it is changed only if it still is as it was read: else the server answers 412, and nothing has happened. A server
 * that answers a PATCH with 405 or 501 has none, whatever it says of itself, and is sent the PUT at once.
 */
export async function changeResource(context: ScimContext, changing: Changing, both: Both, signal: AbortSignal): Promise<WriteResult> {
  const { profile } = context;
  const service = await context.service();
  const isPut = profile.update === 'put' || (profile.update === 'discover' && !service.patch);
  const send = (method: 'PATCH' | 'PUT', body: Json, version: string | undefined) =>
    context.api.write({ method, path: changing.path, body, headers: ifMatch(service, version), priority: changing.priority }, signal);
  if (!isPut) {
    const result = await send('PATCH', patchBody(both.operations(), profile), changing.version);
    if (!(result.is === 'refused' && (result.status === 405 || result.status === 501))) return result;
  }
  const { resource, version } = await readResource(context.api, changing.path, signal);
  const whole: Json = structuredClone(resource);
  both.edit(whole);
  return send('PUT', replacementOf(whole), version);
}

/** The header that lets a change happen only to this version, where the server has versions (RFC 7644 section 3.14). */
export function ifMatch({ etag }: Pick<ScimService, 'etag'>, version: string | undefined): Readonly<Record<string, string>> {
  return etag && version !== undefined ? { 'if-match': version } : {};
}

/** A refusal because somebody else was quicker (412) is no refusal: the change is made anew upon what is there now. */
export function answerToChange(result: Exclude<WriteResult, { readonly is: 'ok' }>): Exclude<Answer, { readonly is: 'accepted' }> {
  if (result.is === 'refused' && result.status === 412) return { is: 'later', problem: result.problem, retryAfterMs: 250 };
  return toUnaccepted(result);
}

/** What a client sends back of a resource: not what only the server says of it. `groups` of a user is read-only (RFC 7643 section 4.1.2). */
function replacementOf(whole: Json): Json {
  const { meta: _, groups: __, ...rest } = whole;
  return rest;
}
