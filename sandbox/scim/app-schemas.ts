import { complex, flag, list, text, type ResourceSchema } from '../oci/scim/schema.ts';

const readOnly = { mutability: 'readOnly' } as const;
const common = [
  text('id', { ...readOnly, returned: 'always', isCaseExact: true }),
  text('schemas', { isMulti: true, returned: 'always' }),
  text('externalId', { isCaseExact: true }),
  complex('meta', [text('resourceType'), text('created'), text('lastModified'), text('location'), text('version')], readOnly),
];
const values = [text('value'), text('display'), text('type'), flag('primary')];

/** URN of the enterprise extension (RFC 7643 section 4.3). */
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The User of RFC 7643 section 4.1 with the enterprise extension, as far as the application keeps it. */
export const appUser: ResourceSchema = {
  name: 'User',
  urn: 'urn:ietf:params:scim:schemas:core:2.0:User',
  attributes: [
    ...common,
    text('userName', { returned: 'always' }),
    complex(
      'name',
      ['formatted', 'familyName', 'givenName', 'middleName'].map((name) => text(name)),
    ),
    ...['displayName', 'nickName', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone'].map((name) => text(name)),
    flag('active'),
    list('emails', values),
    list('phoneNumbers', values),
    list('addresses', [
      ...['type', 'streetAddress', 'locality', 'region', 'postalCode', 'country'].map((name) => text(name)),
      flag('primary'),
    ]),
    list('roles', values),
  ],
  extensions: {
    [enterpriseUrn]: [
      ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map((name) => text(name)),
      complex('manager', [text('value', { isCaseExact: true }), text('$ref', readOnly), text('displayName', readOnly)]),
    ],
  },
};

/** The Group of RFC 7643 section 4.2. */
export const appGroup: ResourceSchema = {
  name: 'Group',
  urn: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  attributes: [
    ...common,
    text('displayName', { returned: 'always' }),
    list('members', [text('value', { isCaseExact: true }), text('type'), text('$ref', readOnly), text('display', readOnly)]),
  ],
  extensions: {},
};
