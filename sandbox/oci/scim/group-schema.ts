import { commonAttributes } from './common-attributes.ts';
import { flag, list, text, type ResourceSchema } from './schema.ts';

// URN of Oracle's group extension.
const groupUrn = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:group:Group';

const readOnly = { mutability: 'readOnly' } as const;

/** The Group type of an identity domain. `members` are returned only on request. */
export const groupSchema: ResourceSchema = {
  name: 'Group',
  urn: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  attributes: [
    ...commonAttributes,
    text('displayName', { returned: 'always' }),
    text('nonUniqueDisplayName'),
    list(
      'members',
      [
        text('value', { isCaseExact: true }),
        text('type'),
        text('$ref', readOnly),
        text('ocid', readOnly),
        text('display', readOnly),
        text('name', readOnly),
        text('membershipOcid', readOnly),
        text('dateAdded', readOnly),
      ],
      { returned: 'request' },
    ),
  ],
  extensions: {
    [groupUrn]: [text('description'), text('creationMechanism', { mutability: 'immutable' }), flag('syncedFromApp', readOnly)],
    'urn:ietf:params:scim:schemas:oracle:idcs:extension:requestable:Group': [flag('requestable')],
  },
};
