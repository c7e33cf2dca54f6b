import type { Keep } from './keep.ts';
import type { SandboxSettings } from './world.ts';

/** Any part of the settings. */
export type SettingsChange = {
  readonly latencyMs?: SandboxSettings['latencyMs'] | undefined;
  readonly graph?: GraphChange | undefined;
  readonly oci?: { readonly quota?: SandboxSettings['oci']['quota'] | undefined } | undefined;
  readonly directory?: { readonly [K in keyof SandboxSettings['directory']]?: SandboxSettings['directory'][K] | undefined } | undefined;
  readonly cloudSync?: { readonly [K in keyof SandboxSettings['cloudSync']]?: SandboxSettings['cloudSync'][K] | undefined } | undefined;
};

type GraphSettings = SandboxSettings['graph'];
type NotificationSettings = GraphSettings['notifications'];
type GraphChange = {
  readonly [K in Exclude<keyof GraphSettings, 'notifications'>]?: GraphSettings[K] | undefined;
} & { readonly notifications?: { readonly [K in keyof NotificationSettings]?: NotificationSettings[K] | undefined } | undefined };

/** The settings, always current through `current`, and the way to change a part of them for good. */
export type LiveSettings = { readonly current: SandboxSettings; readonly change: (change: SettingsChange) => SandboxSettings };

const initial: SandboxSettings = {
  latencyMs: {},
  graph: {
    replicationDelayMs: 0,
    quota: 'published',
    privilegedWritable: false,
    permissions: 'all',
    handsPermissions: 'all',
    notifications: { dropPercent: 0, duplicatePercent: 0, delayMs: 0, shuffle: false, seed: 1, paused: false },
  },
  oci: { quota: 'published' },
  directory: { recycleBin: true, replicationDelayMs: 0, unreachable: [], protectedWritable: false },
  cloudSync: { intervalMs: 2000, paused: false },
};

/** Opens the settings as they were last changed. */
export function openLiveSettings(keep: Keep): LiveSettings {
  // A world of an older sandbox has not kept all of them.
  const kept = keep.read<Partial<SandboxSettings>>('settings', {});
  let values: SandboxSettings = { ...initial, ...kept, graph: { ...initial.graph, ...kept.graph } };
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
      graph: withPart(values.graph, { ...part.graph, notifications: withPart(values.graph.notifications, part.graph?.notifications) }),
      oci: withPart(values.oci, part.oci),
      directory: withPart(values.directory, part.directory),
      cloudSync: withPart(values.cloudSync, part.cloudSync),
    };
    keep.write('settings', values);
    return values;
  };
  return { current, change };
}

// What is left out or undefined stays as it is.
function withPart<T extends object>(whole: T, part: { readonly [K in keyof T]?: T[K] | undefined } | undefined): T {
  const given = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  return { ...whole, ...Object.fromEntries(given) };
}
