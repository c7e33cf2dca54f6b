import { z } from 'zod';
import { parseDn } from '../distinguished-name.ts';

/** Text that reads as a distinguished name (RFC 4514). */
export const distinguishedName = z
  .string()
  .refine((text) => parseDn(text) !== undefined, { error: 'must be a distinguished name such as OU=People,DC=contoso,DC=example' });

/** A GUID with dashes, in lower case as Graph and AD are shown. */
export const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, {
  error: 'must be a GUID in lower case, such as a1000000-0000-4000-8000-000000000001',
});

/** The name of a secret, never its value. */
export const secretName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { error: 'must be the name of a secret, such as entra-client; the value is kept elsewhere' });

/** The name of an environment setting. */
export const settingName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'must be the name of an environment setting, such as GATEHOUSE_HR_URL' });

/** The id of something that the configuration defines. */
export const plainId = z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'must be lower-case letters, digits and dashes' });

/** The id of a source or target: a kind, and where there are several an instance. */
export const systemId = z.string().regex(/^[a-z][a-z0-9-]*(:[a-z0-9-]+)?$/, { error: 'must be an id such as entra:contoso' });

export const mode = z.enum(['observe', 'plan', 'enforce']);
