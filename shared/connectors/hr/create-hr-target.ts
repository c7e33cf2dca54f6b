import { z } from 'zod';
import type { Attributes } from '../../domain/change.ts';
import type { SourceId, TargetId } from '../../domain/ids.ts';
import type { FoundContact } from '../../ports/readers/contacts.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { parseReply } from '../http/parse-reply.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { toAnswer } from '../http/to-answer.ts';

const contact = z.object({ email: z.string().nullish(), userPrincipalName: z.string().nullish() });

/**
 * The HR system as a target: a worker's new addresses are written back to it. The object of a change is the worker id; `email` and `userPrincipalName` not named in it keep
 * what was observed (`before`), since the call replaces both.
 */
export function createHrTarget(settings: { readonly id: TargetId; readonly source: SourceId }, deps: { readonly hr: Api }): WritableTarget {
  const api = deps.hr;
  return {
    id: settings.id,
    kind: 'hr',
    reads: { contacts: { source: settings.source, contactOf: (workerId, signal) => foundOrUndefined(readContact(api, workerId, signal)) } },
    writes: {
      contacts: {
        writeContact: async (change, signal) => {
          const workerId = resolvedId(change.object);
          const body = contactIn({ ...change.before, ...change.after });
          return toAnswer(await api.write({ method: 'PUT', path: pathOf(workerId), body }, signal), workerId);
        },
      },
    },
    probe: async (signal) => {
      await api.read({ method: 'GET', path: '/hr/v1/workers?limit=1' }, signal);
    },
  };
}

function pathOf(workerId: string): string {
  return `/hr/v1/work-contacts/${encodeURIComponent(workerId)}`;
}

async function readContact(api: Api, workerId: string, signal: AbortSignal): Promise<FoundContact> {
  const found = parseReply(api.system, await api.read({ method: 'GET', path: pathOf(workerId) }, signal), contact);
  return { email: found.email ?? null, userPrincipalName: found.userPrincipalName ?? null };
}

function contactIn({ email, userPrincipalName }: Attributes): FoundContact {
  return {
    email: typeof email === 'string' ? email : null,
    userPrincipalName: typeof userPrincipalName === 'string' ? userPrincipalName : null,
  };
}
