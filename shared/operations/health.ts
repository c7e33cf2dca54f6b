import type { OperationDeps } from './deps.ts';

/** How one dependency stands: whether it answered now, and when it last did. */
export type Dependency = {
  readonly name: string;
  readonly state: 'up' | 'down';
  readonly message: string | null;
  readonly lastSuccessAt: string | null;
  readonly ageSeconds: number | null;
};
export type Health = {
  readonly status: 'up' | 'degraded' | 'down';
  readonly baseline: boolean;
  readonly dependencies: readonly Dependency[];
};

export type HealthCheck = () => Promise<Health>;

/** Something else that Gatehouse needs; the probe throws, in words for people, where it does not work. */
export type Probe = { readonly name: string; readonly probe: () => Promise<void> };

const probeTimeoutMs = 3000;

/** Asks every dependency when asked, and remembers when each last answered. Without the registry nothing works; without a target only its part does not. */
export function healthCheck(deps: OperationDeps, baselineOf: readonly string[], others: readonly Probe[]): HealthCheck {
  const lastSuccess = new Map<string, number>();
  const ask = async (name: string, probe: () => Promise<unknown>): Promise<Dependency> => {
    const failure = await probe().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : 'unreachable'),
    );
    const now = deps.clock.now();
    if (failure === undefined) lastSuccess.set(name, now);
    const at = lastSuccess.get(name);
    const age = at === undefined ? null : Math.round((now - at) / 1000);
    return {
      name,
      state: failure === undefined ? 'up' : 'down',
      message: failure ?? null,
      lastSuccessAt: at === undefined ? null : new Date(at).toISOString(),
      ageSeconds: age,
    };
  };
  return async () => {
    const targets = [...deps.targets.values()].map((target) => ask(target.id, () => target.probe(AbortSignal.timeout(probeTimeoutMs))));
    const rest = others.map(({ name, probe }) => ask(name, probe));
    const dependencies = await Promise.all([ask('registry', () => deps.registry.probe()), ...targets, ...rest]);
    const registry = dependencies[0]?.state;
    const status = registry === 'down' ? 'down' : dependencies.every(({ state }) => state === 'up') ? 'up' : 'degraded';
    return { status, baseline: registry === 'up' && (await allTaken(deps, baselineOf)), dependencies };
  };
}

async function allTaken(deps: OperationDeps, sources: readonly string[]): Promise<boolean> {
  const taken = await Promise.all(sources.map((source) => deps.registry.stores.baselines.isComplete(`source/${source}`)));
  return taken.every(Boolean);
}
