const secretName = /password|secret|temporaryAccessPass|token|unicodePwd|client_assertion|clientState/i;
const mask = '***';

/** Returns a copy of a body in which every secret is `***`: the text and numbers under a property whose name says password, secret, temporaryAccessPass,
 * token, unicodePwd, client_assertion or clientState, and the `value`, `vals` or `values` beside a `path`, `type`, `name` or `attribute` that names one
 * (SCIM PATCH operations, LDAP attributes). Booleans and nulls are kept. */
export function maskSecrets(body: unknown): unknown {
  return maskValue(body, false);
}

function maskValue(value: unknown, isSecret: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, isSecret));
  if (value instanceof Uint8Array) return isSecret ? mask : Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null) return maskProperties(value, isSecret);
  const canHoldSecret = typeof value === 'string' || typeof value === 'number';
  return isSecret && canHoldSecret ? mask : value;
}

function maskProperties(value: object, isSecret: boolean): Record<string, unknown> {
  const entries = Object.entries(value);
  const namesSecret = entries.some(
    ([name, item]) => /^(path|type|name|attribute)$/i.test(name) && typeof item === 'string' && secretName.test(item),
  );
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const here = secretName.test(name) || (namesSecret && /^(value|vals|values)$/i.test(name));
      return [name, maskValue(item, isSecret || here)];
    }),
  );
}
