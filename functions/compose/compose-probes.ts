import type { Config } from '../../shared/config/config.ts';
import { systemClock } from '../../shared/connectors/clock/system-clock.ts';
import { createAzureTokenSource } from '../../shared/connectors/http/azure-token-source.ts';
import { keyVaultExpiries, keyVaultScope } from '../../shared/connectors/key-vault/key-vault-expiries.ts';
import type { OwnCertificate } from '../../shared/connectors/keys/certificate-end.ts';
import type { AuditDeps } from '../../shared/operations/audit/audit-deps.ts';
import { probeAudit } from '../../shared/operations/audit/probe-audit.ts';
import type { DeadLetterDeps } from '../../shared/operations/dead-letters/dead-letter-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import type { Probe } from '../../shared/operations/health.ts';
import { expiryProbe } from '../../shared/operations/probe-expiries.ts';
import { probeQueue } from '../../shared/operations/probe-queue.ts';
import { probeSweep } from '../../shared/operations/sweep/last-sweep.ts';
import type { Expiries } from '../../shared/ports/expiries.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import { probeHands } from '../../shared/operations/hands/probe-hands.ts';
import type { AppRole } from '../settings/setting-facts.ts';
import type { Settings } from '../settings/settings.ts';

/** What the probes look at. */
export type Probed = {
  readonly role: AppRole;
  readonly operations: OperationDeps;
  readonly audit: AuditDeps;
  readonly deadLetters: DeadLetterDeps;
  readonly config: Config;
  readonly settings: Settings;
  readonly secrets: Secrets;
};

/** What health asks besides the registry and the targets: of whoever seals the audit and sweeps, how that goes, and of whoever hands over, whether it is answered. */
export function composeProbes(probed: Probed): readonly Probe[] {
  const { role, operations, audit, deadLetters } = probed;
  if (role === 'hands') return [];
  const hands: Probe = { name: 'hands', probe: () => quietly(probeHands(operations)) };
  // Who only sends may not look into what was put aside.
  const queue: Probe = { name: 'queue', probe: () => probeQueue(deadLetters) };
  const sealer: Probe = { name: 'audit', probe: () => quietly(probeAudit(audit)) };
  return [
    ...(role === 'ingest' ? [] : [queue, sealer]),
    { name: 'sweep', probe: () => quietly(probeSweep(operations)) },
    ...(role === 'all' ? [] : [hands]),
    // Certificates end by the wall clock, whatever time the product follows.
    { name: 'secrets', probe: expiryProbe(expiriesOf(probed), systemClock) },
  ];
}

async function quietly(probe: Promise<void>): Promise<undefined> {
  await probe;
}

function expiriesOf({ config, settings, secrets }: Probed): readonly Expiries[] {
  const certificates = certificatesOf(config, secrets);
  const controllers = settings.adUrls.map((url) => ({ url, caFile: settings.adCaFile }));
  const { keyVaultUrl: vault, identityClientId } = settings;
  const identity = identityClientId === undefined ? {} : { managedIdentityClientId: identityClientId };
  return [
    // Loaded when health is asked for: whoever has no such system has no use for it.
    later('the domain controllers', async () =>
      (await import('../../shared/connectors/ad/certificate-expiry.ts')).controllerCertificates(controllers),
    ),
    later('our own certificates', async () =>
      (await import('../../shared/connectors/keys/certificate-end.ts')).certificateEnds(certificates),
    ),
    ...(vault === undefined ? [] : [keyVaultExpiries(vault, createAzureTokenSource({ scope: keyVaultScope, ...identity }, systemClock))]),
  ];
}

function later(where: string, load: () => Promise<Expiries>): Expiries {
  return { where, list: async (signal) => (await load()).list(signal) };
}

/** The client certificates of applications that are called over mutual TLS. Of a signing key in OCI only the private key is known here, which has no end. */
function certificatesOf(config: Config, secrets: Secrets): readonly OwnCertificate[] {
  return Object.values(config.targets).flatMap((target) => {
    if (target.kind !== 'scim' || target.auth.kind !== 'mtls') return [];
    const { certificate } = target.auth;
    return [{ what: `The client certificate for ${target.name}`, pem: () => secrets.read(certificate) }];
  });
}
