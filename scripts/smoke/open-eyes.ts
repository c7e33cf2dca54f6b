import type { Eye } from './eyes/eye.ts';
import { directoryEye } from './eyes/directory-eye.ts';
import { graphEye } from './eyes/graph-eye.ts';
import { ociEye } from './eyes/oci-eye.ts';

/** The targets that can be looked into by these settings, and the settings that the others would need. */
export type Eyes = { readonly open: readonly Eye[]; readonly closed: readonly string[] };

/** Opens an eye on every target for which there is a way to sign in. Without Graph there is none: whose tenant it is could not be told. */
export function openEyes(environment: NodeJS.ProcessEnv): Eyes {
  const set = (name: string): string | undefined => environment[name] || undefined;
  const graphToken = set('GATEHOUSE_SMOKE_GRAPH_TOKEN');
  if (graphToken === undefined)
    throw new Error(
      'GATEHOUSE_SMOKE_GRAPH_TOKEN is missing: a token of Microsoft Graph that may read the tenant (docs/smoke.md says how to get one).',
    );
  const ociUrl = set('GATEHOUSE_OCI_URL');
  const ociToken = set('GATEHOUSE_SMOKE_OCI_TOKEN');
  const oci =
    ociUrl !== undefined && ociToken !== undefined ? ociEye(ociUrl, ociToken) : 'OCI: GATEHOUSE_OCI_URL and GATEHOUSE_SMOKE_OCI_TOKEN';
  const graph = graphEye(set('GATEHOUSE_GRAPH_URL') ?? 'https://graph.microsoft.com', graphToken);
  const eyes = [graph, oci, directoryOf(set)];
  return { open: eyes.filter((eye) => typeof eye !== 'string'), closed: eyes.filter((eye) => typeof eye === 'string') };
}

function directoryOf(set: (name: string) => string | undefined): Eye | string {
  const [url] = (set('GATEHOUSE_AD_URL') ?? '').split(',');
  const base = set('GATEHOUSE_SMOKE_AD_BASE');
  const user = set('GATEHOUSE_SMOKE_AD_USER');
  const password = set('GATEHOUSE_SMOKE_AD_PASSWORD');
  if (url === undefined || url === '' || base === undefined || user === undefined || password === undefined)
    return 'AD: GATEHOUSE_AD_URL, and GATEHOUSE_SMOKE_AD_BASE, _USER and _PASSWORD';
  const caFile = set('GATEHOUSE_AD_CA');
  return directoryEye({ url: url.trim(), base, user, password, ...(caFile === undefined ? {} : { caFile }) });
}
