/** How one application's SCIM differs from RFC 7644. Each property says what is sent, not who made the server. */
export type ScimProfile = {
  /** How `op` is written: the RFC's `add`, or `Add`. */
  readonly operations: 'lower' | 'capitalised';
  /** How booleans are written in a PATCH: as JSON, or as the texts `True` and `False`. */
  readonly booleans: 'json' | 'text';
  /** One operation for each path, or all plain values in one operation without a path. */
  readonly replaces: 'by-path' | 'merged';
  /** How a member is taken out: `members[value eq "…"]`, or the path `members` with the member as value, which a server that follows the RFC takes for all of them. */
  readonly memberRemoval: 'by-filter' | 'by-value';
  /** Whether resources are changed by PATCH or replaced by PUT; `discover` goes by what the server says. */
  readonly update: 'discover' | 'patch' | 'put';
  /** Where the groups of an account are read: in the groups, which own them, or in the user's `groups`, which not every server fills. */
  readonly groupsFrom: 'groups' | 'user';
  readonly mediaType: 'application/scim+json' | 'application/json';
  /** The most resources asked for at once. */
  readonly pageSize: number;
  /** The most members added or taken away in one request. */
  readonly memberChunk: number;
};

const rfc: ScimProfile = {
  operations: 'lower',
  booleans: 'json',
  replaces: 'by-path',
  memberRemoval: 'by-filter',
  update: 'discover',
  groupsFrom: 'groups',
  mediaType: 'application/scim+json',
  pageSize: 100,
  memberChunk: 50,
};

/**
 * The profiles by name. `entra` is what the Entra provisioning service sends by itself, for servers that were only ever tried with that; `aadOptscim062020` what it sends with that flag, except that it
 * nests what Entra names with dots (https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility).
 */
export const scimProfiles = {
  rfc7644: rfc,
  entra: { ...rfc, operations: 'capitalised', booleans: 'text', memberRemoval: 'by-value' },
  aadOptscim062020: { ...rfc, replaces: 'merged' },
} as const satisfies Readonly<Record<string, ScimProfile>>;
