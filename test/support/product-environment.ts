import { join, resolve } from 'node:path';
import type { RunningSandbox } from '../../sandbox/start-sandbox.ts';

const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';

/** The settings with which a product finds a sandbox on whatever ports it has. Its secrets stand in docs/sandbox.md. */
export function productEnvironment(
  { urls, caFile }: Pick<RunningSandbox, 'urls' | 'caFile'>,
  dataDir: string,
): Readonly<Record<string, string>> {
  return {
    GATEHOUSE_CONFIG_DIR: resolve(import.meta.dirname, '../../config'),
    GATEHOUSE_DATA_DIR: join(dataDir, 'product'),
    GATEHOUSE_GRAPH_URL: urls.graph,
    GATEHOUSE_OCI_URL: urls.oci,
    GATEHOUSE_AD_URL: urls.ldaps,
    GATEHOUSE_AD_CA: caFile,
    GATEHOUSE_HR_URL: urls.control,
    GATEHOUSE_BAMBOO_URL: `${urls.control}/bamboo/api`,
    GATEHOUSE_CLOCK_URL: urls.control,
    GATEHOUSE_TENANT: tenant,
    GATEHOUSE_TOKEN_ISSUER: `${urls.graph}/${tenant}/v2.0`,
    GATEHOUSE_SERVICEBUS: 'Endpoint=sb://127.0.0.1:9;SharedAccessKeyName=Root;SharedAccessKey=x;UseDevelopmentEmulator=true',
    GATEHOUSE_LOG_LEVEL: 'error',
    GATEHOUSE_SECRET_HR_GENERIC: 'sandbox-hr-secret',
    GATEHOUSE_SECRET_HR_API: 'sandbox-hr-api-key',
    GATEHOUSE_SECRET_BAMBOO_WEBHOOK: 'sandbox-bamboo-webhook-secret',
    GATEHOUSE_SECRET_BAMBOO_KEY: 'sandbox-bamboo-key',
    GATEHOUSE_SECRET_ENTRA_CLIENT: 'sandbox-graph-secret',
    GATEHOUSE_SECRET_OCI_CLIENT: 'sandbox-oci-secret',
    GATEHOUSE_SECRET_AD_BIND: 'sandbox-ad-secret',
  };
}
