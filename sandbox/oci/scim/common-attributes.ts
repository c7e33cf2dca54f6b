import { complex, flag, list, text, type AttributeDefinition } from './schema.ts';

const readOnly = { mutability: 'readOnly' } as const;
const actor = [text('value'), text('display'), text('type'), text('ocid'), text('$ref')];

/** What resources of every type in an identity domain have (the common part of the User and Group types of the OCI SDK's identity domains package). */
export const commonAttributes: readonly AttributeDefinition[] = [
  text('id', { ...readOnly, returned: 'always', isCaseExact: true }),
  text('ocid', { ...readOnly, returned: 'always', isCaseExact: true }),
  text('schemas', { isMulti: true, returned: 'always' }),
  complex('meta', [text('resourceType'), text('created'), text('lastModified'), text('location'), text('version')], readOnly),
  complex('idcsCreatedBy', actor, readOnly),
  complex('idcsLastModifiedBy', actor, readOnly),
  text('idcsLastUpgradedInRelease', { ...readOnly, returned: 'request' }),
  text('domainOcid', readOnly),
  text('compartmentOcid', readOnly),
  text('tenancyOcid', readOnly),
  flag('deleteInProgress', readOnly),
  list('tags', [text('key'), text('value')], { returned: 'request' }),
  text('externalId', { isCaseExact: true }),
];
