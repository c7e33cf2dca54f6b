import type { OperationDeps } from './deps.ts';

/** How one dependency stands: whether it answered now, and when it last did. `warning` is up, and somebody has to look before it is down. */
export type Dependency = {
  readonly name: string;
  readonly state: 'up' | 'warning' | 'down';
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

/** Something else that Gatehouse needs; the probe throws, in words for people, where it does not work, and resolves with a warning where it soon will not. */
export type Probe = { readonly name: string; readonly probe: () => Promise<string | undefined> };

const probeTimeoutMs = 3000;

/** Asks every dependency when asked, and remembers when each last answered. Without the registry nothing works; without a target only its part does not. */
export function healthCheck(deps: OperationDeps, baselineOf: readonly string[], others: readonly Probe[]): HealthCheck {
  const lastSuccess = new Map<string, number>();
  const ask = async (name: string, probe: Probe['probe']): Promise<Dependency> => {
    let failure: string | undefined;
    const warning = await probe().catch((error: unknown) => {
      failure = error instanceof Error ? error.message : 'unreachable';
      return undefined;
    });
    const now = deps.clock.now();
    if (failure === undefined) lastSuccess.set(name, now);
    const at = lastSuccess.get(name);
    const age = at === undefined ? null : Math.round((now - at) / 1000);
    return {
      name,
      state: failure !== undefined ? 'down' : warning === undefined ? 'up' : 'warning',
      message: failure ?? warning ?? null,
      lastSuccessAt: at === undefined ? null : new Date(at).toISOString(),
      ageSeconds: age,
    };
  };
  return async () => {
    const targets = [...deps.targets.values()].map((target) =>
      ask(target.id, () => silent(target.probe(AbortSignal.timeout(probeTimeoutMs)))),
    );
    const rest = others.map(({ name, probe }) => ask(name, probe));
    const dependencies = await Promise.all([ask('registry', () => silent(deps.registry.probe())), ...targets, ...rest]);
    const registry = dependencies[0]?.state;
    const status = registry === 'down' ? 'down' : dependencies.every(({ state }) => state !== 'down') ? 'up' : 'degraded';
    return { status, baseline: registry === 'up' && (await allTaken(deps, baselineOf)), dependencies };
  };
}

/** A probe that knows no warnings. */
async function silent(probe: Promise<unknown>): Promise<undefined> {
  await probe;
}

async function allTaken(deps: OperationDeps, sources: readonly string[]): Promise<boolean> {
  const taken = await Promise.all(sources.map((source) => deps.registry.stores.baselines.isComplete(`source/${source}`)));
  return taken.every(Boolean);
}
