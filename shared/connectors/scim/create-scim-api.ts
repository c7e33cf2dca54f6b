import type { Api } from '../http/api.ts';
import { createApi } from '../http/create-api.ts';
import { governWire } from '../http/governed-wire.ts';
import { createGovernor } from '../http/governor.ts';
import { createRestPerform } from '../http/rest-perform.ts';
import { trimBaseUrl } from '../http/trim-base-url.ts';
import type { Wire } from '../http/wire.ts';
import { scimDialect } from './scim-dialect.ts';

/** Where the application's SCIM is (the address above `/Users`), what it is called for people, and how many calls it takes in a second. */
export type ScimSettings = {
  readonly system: string;
  readonly baseUrl: string;
  readonly mediaType: string;
  readonly callsPerSecond: number;
};

/** The SCIM API of one application (RFC 7644) over a wire that signs in. */
export function createScimApi(settings: ScimSettings, signedIn: Wire): Api {
  const baseUrl = trimBaseUrl(settings.baseUrl);
  const { callsPerSecond } = settings;
  // A fifth may go at once, the rest by and by, so that no window sees more than the figure.
  const limit = { name: 'calls', burst: Math.max(1, callsPerSecond / 5), perSecond: (callsPerSecond * 4) / 5 };
  const wire = governWire(signedIn, createGovernor([limit]), () => ({ calls: 1 }));
  return createApi({
    system: settings.system,
    baseUrl,
    dialect: scimDialect,
    perform: createRestPerform(baseUrl, wire, settings.mediaType),
  });
}
