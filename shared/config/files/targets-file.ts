import { z } from 'zod';
import { chosen } from '../../domain/schema/chosen.ts';
import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { keyed } from '../../domain/schema/keyed.ts';
import { scimTargetFile } from './scim-target-file.ts';
import { distinguishedName, guid, mode, secretName, settingName, systemId } from './patterns.ts';

const address = z.email({ error: 'must be a mail address' });
const kinds = {
  ad: keyed({
    kind: z.literal('ad'),
    mode,
    baseDn: distinguishedName,
    syncScope: z.array(distinguishedName).min(1, { error: 'must list one or more organisational units' }),
    protectedOus: z.array(distinguishedName).default([]),
    consumer: systemId.nullable().default(null),
    account: z.string().min(1),
    secret: secretName,
    hands: keyed({ account: z.string().min(1), secret: secretName }).optional(),
  }),
  entra: keyed({
    kind: z.literal('entra'),
    mode,
    tenantId: guid,
    clientId: guid,
    secret: secretName,
    hands: keyed({ clientId: guid, secret: secretName }).optional(),
  }),
  oci: keyed({
    kind: z.literal('oci'),
    mode,
    clientId: z.string().min(1),
    secret: secretName.optional(),
    certificate: keyed({ alias: z.string().min(1), key: secretName.optional(), keyFile: settingName.optional() })
      .transform(({ alias, key, keyFile }, context) => {
        if (key !== undefined && keyFile === undefined) return { alias, key };
        if (key === undefined && keyFile !== undefined) return { alias, keyFile };
        context.addIssue({ code: 'custom', message: 'needs one of: key, the name of a secret; keyFile, the setting that names a file' });
        return z.NEVER;
      })
      .optional(),
    tier: z.enum(['free', 'oracle-apps', 'apps-premium', 'premium', 'external']).default('free'),
    privilegedGroups: z.array(z.string()).default([]),
  }).transform(({ secret, certificate, ...rest }, context) => {
    if (secret !== undefined && certificate === undefined) return { ...rest, proof: { secret } };
    if (secret === undefined && certificate !== undefined) return { ...rest, proof: { certificate } };
    context.addIssue({ code: 'custom', message: 'needs one of: secret, certificate; by it the client proves itself' });
    return z.NEVER;
  }),
  scim: scimTargetFile,
  mail: keyed({ kind: z.literal('mail'), mode, through: systemId, sender: address, helpDesk: address }),
  hr: keyed({ kind: z.literal('hr'), mode, source: systemId }),
};

/** One target as it is written, without its id. */
type TargetEntry = z.infer<(typeof kinds)[keyof typeof kinds]>;

const target: z.ZodType<TargetEntry> = chosen<TargetEntry>((raw) => {
  const kind: unknown = typeof raw === 'object' && raw !== null && 'kind' in raw ? raw.kind : undefined;
  const found = Object.entries<z.ZodType<TargetEntry>>(kinds).find(([name]) => name === kind)?.[1];
  const near = typeof kind === 'string' ? didYouMean(kind, Object.keys(kinds)) : '';
  return found ?? `needs a kind, one of: ${Object.keys(kinds).join(', ')}.${near}`;
});

/** targets.yaml. */
export const targetsFile = keyed({ targets: z.record(systemId, target) });
