import { GatehouseError } from '../../errors.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** Reads configured secrets by name; `config-invalid` where one is not there. */
export function configuredSecret(configured: Readonly<Record<string, string | undefined>>): Secrets['read'] {
  const known = new Map(Object.entries(configured));
  return (name) => {
    const value = known.get(name);
    if (value !== undefined && value !== '') return Promise.resolve(value);
    return Promise.reject(new GatehouseError('config-invalid', `The secret "${name}" is not configured.`));
  };
}
