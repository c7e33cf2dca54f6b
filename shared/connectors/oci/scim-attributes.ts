import { capabilities } from './capabilities.ts';
import { scimSchemas } from './scim-schemas.ts';

/** Where an attribute of ours is in a SCIM user: a plain path (in an extension, if one is named), or in the one `work` value of a list. */
export type ScimPlace =
  | { readonly is: 'path'; readonly extension?: string; readonly path: readonly string[] }
  | { readonly is: 'list'; readonly list: 'emails' | 'phoneNumbers' | 'addresses'; readonly sub: string };

const core = (...path: readonly string[]): ScimPlace => ({ is: 'path', path });
const enterprise = (...path: readonly string[]): ScimPlace => ({ is: 'path', extension: scimSchemas.enterprise, path });
const oracle = (...path: readonly string[]): ScimPlace => ({ is: 'path', extension: scimSchemas.oracleUser, path });

const capability = (name: string): ScimPlace => ({ is: 'path', extension: scimSchemas.capabilities, path: [name] });

/** The attributes that mappings may use, by their flat names (RFC 7643 sections 4.1 and 4.3, Oracle's user and capabilities extensions). */
export const scimAttributes: Readonly<Record<string, ScimPlace>> = {
  userName: core('userName'),
  'name.givenName': core('name', 'givenName'),
  'name.familyName': core('name', 'familyName'),
  displayName: core('displayName'),
  title: core('title'),
  externalId: core('externalId'),
  preferredLanguage: core('preferredLanguage'),
  timezone: core('timezone'),
  userType: core('userType'),
  email: { is: 'list', list: 'emails', sub: 'value' },
  phoneNumber: { is: 'list', list: 'phoneNumbers', sub: 'value' },
  country: { is: 'list', list: 'addresses', sub: 'country' },
  city: { is: 'list', list: 'addresses', sub: 'locality' },
  employeeNumber: enterprise('employeeNumber'),
  department: enterprise('department'),
  costCenter: enterprise('costCenter'),
  division: enterprise('division'),
  organization: enterprise('organization'),
  manager: enterprise('manager', 'value'),
  isFederatedUser: oracle('isFederatedUser'),
  bypassNotification: oracle('bypassNotification'),
  ...Object.fromEntries(capabilities.map((name) => [name, capability(name)])),
};

/** Attributes that only a new user takes and that are never returned (Oracle's user extension, `bypassNotification`). */
export const createOnly: ReadonlySet<string> = new Set(['bypassNotification']);

/** A place as a path of RFC 7644 figure 7. */
export function scimPath(place: ScimPlace): string {
  if (place.is === 'list') return `${place.list}[type eq "work"].${place.sub}`;
  return `${place.extension === undefined ? '' : `${place.extension}:`}${place.path.join('.')}`;
}
