import type { Api } from '../http/api.ts';
import { createApi } from '../http/create-api.ts';
import { governWire } from '../http/governed-wire.ts';
import { createGovernor, type SharedQuota } from '../http/governor.ts';
import { oneAtATime } from '../http/one-at-a-time.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';
import type { Wire, WireRequest } from '../http/wire.ts';
import { scimDialect } from './scim-dialect.ts';

/** Where the application's SCIM is (the address above `/Users`), what it is called for people, and how many calls it takes in a second. */
export type ScimSettings = {
  readonly system: string;
  readonly baseUrl: string;
  readonly mediaType: string;
  readonly callsPerSecond: number;
};

/** A slice of the quota may be held for so long. */
const spanMs = 100;

/**
 * The SCIM API of one application (RFC 7644) over a wire that signs in. Processes that give the same `shared` share its quota; without it the process is taken to be the
 * only one.
 */
export function createScimApi(settings: ScimSettings, signedIn: Wire, shared?: SharedQuota): Api {
  const baseUrl = trimBaseUrl(settings.baseUrl);
  const { callsPerSecond } = settings;
  // A tenth may go at once, most of the rest by and by, so that no window sees more than the figure, whatever is left of a slice counted in.
  const limit = {
    name: 'calls',
    burst: Math.max(1, callsPerSecond / 10),
    perSecond: (callsPerSecond * 8) / 10,
    reserve: callsPerSecond / 40,
  };
  const governor = createGovernor({ limits: [limit], spanMs }, shared);
  const wire = governWire(
    oneAtATime(signedIn, (request) => scimObject(baseUrl, request)),
    governor,
    () => ({ calls: 1 }),
  );
  return createApi({
    system: settings.system,
    baseUrl,
    dialect: scimDialect,
    perform: createRestPerform(baseUrl, wire, settings.mediaType),
  });
}

/** The user or group that a request writes to. */
function scimObject(baseUrl: string, { url }: WireRequest): string | undefined {
  return /^\/(?:Users|Groups)\/([^/?]+)/.exec(url.slice(baseUrl.length))?.[1];
}
