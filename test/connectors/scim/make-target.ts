import { authorizeWire } from '../../../shared/connectors/http/authorized-wire.ts';
import { createFetchWire } from '../../../shared/connectors/http/fetch-wire.ts';
import { createFixedTokenSource } from '../../../shared/connectors/http/fixed-token-source.ts';
import { createScimApi } from '../../../shared/connectors/scim/create-scim-api.ts';
import { createScimTarget, type ScimTargetSettings } from '../../../shared/connectors/scim/create-scim-target.ts';
import { type ScimProfile, scimProfiles } from '../../../shared/connectors/scim/scim-profile.ts';
import type { WritableTarget } from '../../../shared/ports/writers/writable-target.ts';

/** Where an application is, who we are there, and in what its target differs from the usual one. */
export type Making = {
  readonly url: string;
  readonly token: string;
  readonly profile?: Partial<ScimProfile>;
  readonly groups?: ScimTargetSettings['groups'];
  readonly callsPerSecond?: number;
  readonly timeoutMs?: number;
  readonly privileges?: ScimTargetSettings['privileges'];
};

/** The attributes that the tests' mapping fills. */
export const mapped = [
  'userName',
  'name.givenName',
  'name.familyName',
  'displayName',
  'title',
  'email',
  'externalId',
  'department',
  'employeeNumber',
];

/** A target on an application, over the connector's own wire. */
export function makeTarget({
  url,
  token,
  profile,
  groups,
  privileges,
  callsPerSecond = 5_000,
  timeoutMs = 10_000,
}: Making): WritableTarget {
  const whole: ScimProfile = { ...scimProfiles.rfc7644, ...profile };
  const signedIn = authorizeWire(
    createFetchWire(timeoutMs),
    createFixedTokenSource(() => Promise.resolve(token)),
    new URL(url).origin,
  );
  const scim = createScimApi({ system: 'The application', baseUrl: url, mediaType: whole.mediaType, callsPerSecond }, signedIn);
  return createScimTarget(
    {
      id: 'scim:app',
      profile: whole,
      form: { attributes: mapped, workerId: 'employeeNumber', manager: true, active: (open) => open },
      groups: groups ?? { by: 'id', declared: new Map() },
      privileges: privileges ?? { groups: [], roles: [] },
    },
    { scim },
  );
}
