import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';
import { mode, secretName, systemId } from './patterns.ts';

const address = keyed({
  setting: z
    .string()
    .regex(/^GATEHOUSE_SCIM_[A-Z0-9_]+$/, { error: 'must be the name of an environment setting that begins with GATEHOUSE_SCIM_' }),
  default: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
});
const auth = z.discriminatedUnion('kind', [
  keyed({ kind: z.literal('bearer'), secret: secretName }),
  keyed({
    kind: z.literal('client-credentials'),
    tokenUrl: address,
    clientId: z.string().min(1),
    secret: secretName,
    scope: z.string().default(''),
    sends: z.enum(['body', 'basic']).default('basic'),
  }),
  keyed({ kind: z.literal('mtls'), certificate: secretName, key: secretName, authority: secretName.nullable().default(null) }),
]);
const like = z.enum(['rfc7644', 'entra', 'aadOptscim062020']);
const profile = z.union(
  [
    like.transform((name) => ({ like: name })),
    keyed({
      like: like.default('rfc7644'),
      operations: z.enum(['lower', 'capitalised']).optional(),
      booleans: z.enum(['json', 'text']).optional(),
      replaces: z.enum(['by-path', 'merged']).optional(),
      memberRemoval: z.enum(['by-filter', 'by-value']).optional(),
      update: z.enum(['discover', 'patch', 'put']).optional(),
      groupsFrom: z.enum(['groups', 'user']).optional(),
      mediaType: z.enum(['application/scim+json', 'application/json']).optional(),
      pageSize: z.int().min(1).max(1000).optional(),
      memberChunk: z.int().min(1).max(1000).optional(),
    }),
  ],
  { error: 'must be rfc7644, entra, aadOptscim062020, or what is different from one of them: { like, … } (docs/connectors.md)' },
);

/** A target of kind `scim` as it is written, without its id. */
export const scimTargetFile = keyed({
  kind: z.literal('scim'),
  mode,
  name: z.string().min(1),
  url: address,
  auth,
  profile: profile.default({ like: 'rfc7644' }),
  follows: systemId.nullable().default(null),
  manager: z.boolean().default(false),
  groupsBy: z.enum(['id', 'externalId']).default('id'),
  privilegedGroups: z.array(z.string()).default([]),
  privilegedRoles: z.array(z.string()).default([]),
  // The load that the Entra provisioning service puts on an application in its gallery.
  callsPerSecond: z.number().positive().default(25),
});
