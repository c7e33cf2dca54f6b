import type { Keep } from './keep.ts';
import type { SandboxSettings } from './world.ts';

/** Any part of the settings. */
export type SettingsChange = {
  readonly latencyMs?: SandboxSettings['latencyMs'] | undefined;
  readonly graph?: { readonly [K in keyof SandboxSettings['graph']]?: SandboxSettings['graph'][K] | undefined } | undefined;
  readonly oci?: { readonly quota?: SandboxSettings['oci']['quota'] | undefined } | undefined;
  readonly directory?: { readonly [K in keyof SandboxSettings['directory']]?: SandboxSettings['directory'][K] | undefined } | undefined;
  readonly cloudSync?: { readonly [K in keyof SandboxSettings['cloudSync']]?: SandboxSettings['cloudSync'][K] | undefined } | undefined;
};

/** The settings, always current through `current`, and the way to change a part of them for good. */
export type LiveSettings = { readonly current: SandboxSettings; readonly change: (change: SettingsChange) => SandboxSettings };

const initial: SandboxSettings = {
  latencyMs: {},
  graph: { replicationDelayMs: 0, quota: 'published' },
  oci: { quota: 'published' },
  directory: { recycleBin: true, replicationDelayMs: 0, unreachable: [] },
  cloudSync: { intervalMs: 2000, paused: false },
};

/** Opens the settings as they were last changed. */
export function openLiveSettings(keep: Keep): LiveSettings {
  // A world of an older sandbox has not kept all of them.
  let values: SandboxSettings = { ...initial, ...keep.read<Partial<SandboxSettings>>('settings', {}) };
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
    get directory() {
      return values.directory;
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
      directory: {
        recycleBin: part.directory?.recycleBin ?? values.directory.recycleBin,
        replicationDelayMs: part.directory?.replicationDelayMs ?? values.directory.replicationDelayMs,
        unreachable: part.directory?.unreachable ?? values.directory.unreachable,
      },
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
