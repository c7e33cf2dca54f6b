import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Api } from '../http/api.ts';
import { machinePace, type Pace } from '../http/pace.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';
import { equalsFilter } from './equals-filter.ts';
import { attributeRules, schemaList, type AttributeRules } from './attribute-rules.ts';
import { scimUrns } from './scim-urns.ts';

/** What a server says that it can do, and what was seen of it. */
export type ScimService = {
  readonly patch: boolean;
  readonly etag: boolean;
  /** Whether a filter is both said to be supported and seen to be heeded. */
  readonly filter: boolean;
  /** The most resources that a filter gives; undefined where it does not say. */
  readonly maxResults: number | undefined;
  readonly users: string;
  readonly groups: string;
  readonly rules: AttributeRules;
};

const supported = z.object({ supported: z.boolean() });
const serviceConfig = z.object({
  patch: supported.optional().catch(undefined),
  etag: supported.optional().catch(undefined),
  filter: z
    .object({ supported: z.boolean(), maxResults: z.number().positive().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
const resourceType = z.object({ endpoint: z.string(), schema: z.string() });
const resourceTypes = z.object({ Resources: z.array(z.unknown()) });
const counted = z.object({ totalResults: z.number() });

// What a server offers changes with its releases, not within a run.
const heldMs = 60 * 60_000;
const longestMs = 60_000;

/**
 * Asks a server what it can do (RFC 7644 section 4), at first use and once an hour. An endpoint of discovery that is not there leaves what RFC 7644 makes the usual: PATCH, filters, no versions, `/Users` and
 * `/Groups`. Throws as `Api.read` does where the server cannot be reached or does not know us.
 */
export function createScimService(api: Api, pace: Pace = machinePace): () => Promise<ScimService> {
  let held: { readonly service: Promise<ScimService>; readonly until: number } | undefined;
  return () => {
    if (held !== undefined && pace.now() < held.until) return held.service;
    // Shared by all who ask meanwhile, so that it does not end with the one who asked first.
    const service = discover(api, AbortSignal.timeout(longestMs));
    const asked = { service, until: pace.now() + heldMs };
    held = asked;
    service.catch(() => {
      if (held === asked) held = undefined;
    });
    return service;
  };
}

async function discover(api: Api, signal: AbortSignal): Promise<ScimService> {
  const config = await offered(api, '/ServiceProviderConfig', serviceConfig, signal);
  const types = await offered(api, '/ResourceTypes', resourceTypes, signal);
  const users = endpointOf(types, scimUrns.user) ?? '/Users';
  const groups = endpointOf(types, scimUrns.group) ?? '/Groups';
  const isFiltering = config?.filter?.supported !== false;
  return {
    patch: config?.patch?.supported !== false,
    etag: config?.etag?.supported === true,
    filter: isFiltering && (await heeds(api, users, 'userName', signal)),
    maxResults: config?.filter?.maxResults,
    users,
    groups,
    rules: attributeRules(await offered(api, '/Schemas', schemaList, signal)),
  };
}

function endpointOf(types: z.infer<typeof resourceTypes> | undefined, schema: string): string | undefined {
  const found = (types?.Resources ?? []).map((type) => resourceType.safeParse(type).data).find((type) => type?.schema === schema);
  return found === undefined ? undefined : `/${found.endpoint.replace(/^\/+/, '')}`;
}

/** What an endpoint of discovery says; undefined where the server does not have it. */
async function offered<T>(api: Api, path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return parseReply(api.system, await api.read({ method: 'GET', path }, signal), schema);
  } catch (error) {
    if (isNotOffered(error)) return undefined;
    throw error;
  }
}

/** Nobody bears a random name: a server that gives anything for it does not heed filters, and one that refuses does not have them. */
async function heeds(api: Api, path: string, attribute: string, signal: AbortSignal): Promise<boolean> {
  const options = { filter: equalsFilter(attribute, crypto.randomUUID()), startIndex: '1', count: '1' };
  const found = await offered(api, withQuery(path, options), counted, signal);
  return found?.totalResults === 0;
}

/** A 4xx or 501 to a question that RFC 7644 leaves open. That the server does not know us is no such answer. */
function isNotOffered(error: unknown): boolean {
  if (!(error instanceof GatehouseError)) return false;
  return error.code === 'target-not-found' || error.code === 'target-refused';
}
