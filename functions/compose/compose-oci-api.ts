import type { CertificateConfig, OciConfig } from '../../shared/config/systems.ts';
import { systemClock } from '../../shared/connectors/clock/system-clock.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createPemSigningKey } from '../../shared/connectors/keys/pem-signing-key.ts';
import { readKeyFile } from '../../shared/connectors/keys/read-key-file.ts';
import { clientAssertion } from '../../shared/connectors/oci/client-assertion.ts';
import { createOciApi } from '../../shared/connectors/oci/create-oci-api.ts';
import type { QuotaLedger } from '../../shared/ports/quota-ledger.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { Settings } from '../settings/settings.ts';

type Parts = { readonly settings: Settings; readonly secrets: Secrets; readonly quotas: QuotaLedger };

/** The API of an identity domain, whose client proves itself by its secret or by a certificate. */
export function composeOciApi(parts: Parts, { clientId, proof, tier }: Pick<OciConfig, 'clientId' | 'proof' | 'tier'>): Api {
  const { settings, secrets, quotas } = parts;
  const proving =
    'secret' in proof
      ? ({ authentication: 'basic', secret: () => secrets.read(proof.secret) } as const)
      : ({ authentication: 'assertion', secret: assertionsOf(clientId, proof.certificate, parts) } as const);
  const tokens = createClientCredentialsTokenSource({
    system: 'OCI IAM',
    tokenUrl: `${settings.ociUrl}/oauth2/v1/token`,
    clientId,
    scope: 'urn:opc:idm:__myscopes__',
    ...proving,
  });
  return createOciApi({ baseUrl: settings.ociUrl, tier }, tokens, { key: `oci ${settings.ociUrl} ${clientId}`, ledger: quotas });
}

/** Assertions go by the machine's clock, as those who check them do, whatever time the product follows. */
function assertionsOf(clientId: string, certificate: CertificateConfig, { settings, secrets }: Parts): () => Promise<string> {
  const pem = () =>
    'key' in certificate ? secrets.read(certificate.key) : readKeyFile(settings.named(certificate.keyFile), certificate.keyFile);
  const key = createPemSigningKey(certificate.alias, pem);
  return () => clientAssertion(clientId, key, systemClock);
}
