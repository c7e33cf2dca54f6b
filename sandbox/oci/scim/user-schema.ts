import { commonAttributes } from './common-attributes.ts';
import { complex, flag, integer, list, text, type AttributeDefinition, type ResourceSchema } from './schema.ts';

/** URNs of the extensions that the domain itself reads or sets. */
export const userUrn = {
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  user: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User',
  state: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:userState:User',
  capabilities: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:capabilities:User',
  mfa: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:mfa:User',
  credentials: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User',
} as const;

/** Names of the capabilities that UserCapabilitiesChanger switches. */
export const capabilityNames = [
  'canUseApiKeys',
  'canUseAuthTokens',
  'canUseConsolePassword',
  'canUseCustomerSecretKeys',
  'canUseOAuth2ClientCredentials',
  'canUseSmtpCredentials',
  'canUseDbCredentials',
  'canUseConsole',
] as const;

/** Names under which a user's credentials are listed. */
export const credentialNames = [
  'apiKeys',
  'authTokens',
  'customerSecretKeys',
  'smtpCredentials',
  'oAuth2ClientCredentials',
  'dbCredentials',
] as const;

const readOnly = { mutability: 'readOnly' } as const;
const onRequest = { mutability: 'readOnly', returned: 'request' } as const;
const reference = [
  text('value', { isCaseExact: true }),
  text('$ref', readOnly),
  text('ocid', readOnly),
  text('display', readOnly),
  text('type'),
];

const core: readonly AttributeDefinition[] = [
  text('userName', { returned: 'always' }),
  complex('name', [
    text('formatted'),
    text('familyName'),
    text('givenName'),
    text('middleName'),
    text('honorificPrefix'),
    text('honorificSuffix'),
  ]),
  ...['displayName', 'nickName', 'title', 'userType', 'locale', 'preferredLanguage', 'timezone', 'profileUrl', 'description'].map((name) =>
    text(name),
  ),
  flag('active'),
  text('password', { mutability: 'writeOnly', returned: 'never' }),
  list('emails', [
    text('value'),
    text('type'),
    flag('primary'),
    flag('secondary'),
    flag('verified'),
    text('pendingVerificationData', readOnly),
  ]),
  list('phoneNumbers', [text('value'), text('display'), text('type'), flag('primary'), flag('verified')]),
  list('addresses', [
    ...['type', 'formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'].map((name) => text(name)),
    flag('primary'),
  ]),
  list('ims', [text('value'), text('type'), text('display'), flag('primary')]),
  list('photos', [text('value'), text('type'), text('display'), flag('primary')]),
  list('entitlements', [text('value'), text('type'), text('display'), flag('primary')]),
  list('roles', [text('value'), text('type'), text('display'), flag('primary')]),
  list('groups', [...reference, text('externalId'), text('membershipOcid'), text('dateAdded')], onRequest),
];

const enterprise: readonly AttributeDefinition[] = [
  ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map((name) => text(name)),
  complex('manager', [text('value', { isCaseExact: true }), text('$ref', readOnly), text('displayName', readOnly)]),
];

const oracleUser: readonly AttributeDefinition[] = [
  flag('isFederatedUser'),
  flag('isAuthenticationDelegated'),
  flag('bypassNotification', { mutability: 'immutable', returned: 'never' }),
  flag('userFlowControlledByExternalClient', { mutability: 'immutable', returned: 'never' }),
  text('creationMechanism', { mutability: 'immutable' }),
  flag('serviceUser', { mutability: 'immutable' }),
  text('provider'),
  text('status', readOnly),
  text('groupMembershipLastModified', onRequest),
  flag('isGroupMembershipNormalized', onRequest),
  ...['grants', 'appRoles', 'accounts'].map((name) => list(name, reference, onRequest)),
];

const state: readonly AttributeDefinition[] = [
  text('lastSuccessfulLoginDate', readOnly),
  text('previousSuccessfulLoginDate', readOnly),
  integer('loginAttempts', readOnly),
  complex('locked', [flag('on'), integer('reason', readOnly), text('lockDate', readOnly)]),
];

const factors: readonly AttributeDefinition[] = [
  text('mfaStatus', onRequest),
  ...['devices', 'trustedUserAgents', 'bypassCodes'].map((name) => list(name, reference, onRequest)),
];

/** The User type of an identity domain: core, enterprise and the Oracle extensions that concern joiners, movers and leavers (oci-identitydomains, User). */
export const userSchema: ResourceSchema = {
  name: 'User',
  urn: 'urn:ietf:params:scim:schemas:core:2.0:User',
  attributes: [...commonAttributes, ...core],
  extensions: {
    [userUrn.enterprise]: enterprise,
    [userUrn.user]: oracleUser,
    [userUrn.state]: state,
    [userUrn.capabilities]: capabilityNames.map((name) => flag(name)),
    [userUrn.mfa]: factors,
    [userUrn.credentials]: credentialNames.map((name) => list(name, reference, onRequest)),
  },
};
