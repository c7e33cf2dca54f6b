import type { Keep } from './keep.ts';
import type { SandboxSettings } from './world.ts';

/** Any part of the settings. */
export type SettingsChange = {
  readonly latencyMs?: SandboxSettings['latencyMs'] | undefined;
  readonly graph?: { readonly [K in keyof SandboxSettings['graph']]?: SandboxSettings['graph'][K] | undefined } | undefined;
  readonly oci?: { readonly quota?: SandboxSettings['oci']['quota'] | undefined } | undefined;
  readonly cloudSync?: { readonly [K in keyof SandboxSettings['cloudSync']]?: SandboxSettings['cloudSync'][K] | undefined } | undefined;
};

/** The settings, always current through `current`, and the way to change a part of them for good. */
export type LiveSettings = { readonly current: SandboxSettings; readonly change: (change: SettingsChange) => SandboxSettings };

const initial: SandboxSettings = {
  latencyMs: {},
  graph: { replicationDelayMs: 0, quota: 'published' },
  oci: { quota: 'published' },
  cloudSync: { intervalMs: 2000, paused: false },
};

/** Opens the settings as they were last changed. */
export function openLiveSettings(keep: Keep): LiveSettings {
  let values = keep.read('settings', initial);
  const current: SandboxSettings = {
    get latencyMs() {
      return values.latencyMs;
    },
    get graph() {
      return values.graph;
    },
    get oci() {
      return values.oci;
    },
    get cloudSync() {
      return values.cloudSync;
    },
  };
  const change = (part: SettingsChange): SandboxSettings => {
    values = {
      latencyMs: { ...values.latencyMs, ...part.latencyMs },
      graph: {
        replicationDelayMs: part.graph?.replicationDelayMs ?? values.graph.replicationDelayMs,
        quota: part.graph?.quota ?? values.graph.quota,
      },
      oci: { quota: part.oci?.quota ?? values.oci.quota },
      cloudSync: {
        intervalMs: part.cloudSync?.intervalMs ?? values.cloudSync.intervalMs,
        paused: part.cloudSync?.paused ?? values.cloudSync.paused,
      },
    };
    keep.write('settings', values);
    return values;
  };
  return { current, change };
}
