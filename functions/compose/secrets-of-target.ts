import type { ScimConfig, TargetConfig } from '../../shared/config/systems.ts';

/** The names of the secrets that the target is called with. */
export function secretsOfTarget(target: TargetConfig): readonly string[] {
  if (target.kind === 'scim') return secretsOfScim(target);
  if (target.kind !== 'oci') return 'secret' in target ? [target.secret] : [];
  const { proof } = target;
  if ('secret' in proof) return [proof.secret];
  return 'key' in proof.certificate ? [proof.certificate.key] : [];
}

function secretsOfScim({ auth }: ScimConfig): readonly string[] {
  if (auth.kind !== 'mtls') return [auth.secret];
  return [auth.certificate, auth.key, auth.authority].filter((name) => name !== null);
}
