import { z } from 'zod';
import { callJson, CallRefused } from './call-json.ts';
import type { NewHire } from './sample-hires.ts';

const hrWorker = z.object({
  workerId: z.string(),
  status: z.enum(['prehire', 'active', 'leave', 'terminated', 'rescinded']),
  name: z.object({ given: z.string(), family: z.string().nullish() }),
  department: z.string().nullish(),
  hireDate: z.string(),
  lastDay: z.string().nullish(),
  accessEnds: z.string().nullish(),
  leave: z.object({ from: z.string(), to: z.string().nullable() }).nullish(),
  timeZone: z.string().nullish(),
  revision: z.number(),
});
const request = z.object({ sequence: z.number(), kind: z.enum(['read', 'write']), path: z.string(), requestBody: z.unknown().optional() });

/** A worker as HR has them, as far as the day looks at it. */
export type HrWorker = z.infer<typeof hrWorker>;
/** What a system was asked; sequence numbers grow over all systems. */
export type WireRequest = z.infer<typeof request>;
export type TargetSystem = 'graph' | 'directory' | 'oci';

/** The sandbox's control port and HR's own API, as HR's staff use it (docs/sandbox.md). */
export type SandboxControl = {
  /** The world's time, in milliseconds. */
  readonly now: () => Promise<number>;
  /** A token for Gatehouse's own API. */
  readonly token: (client: 'operator' | 'approver' | 'admin') => Promise<string>;
  /** Tells HR where its events go. */
  readonly setWebhook: (url: string) => Promise<void>;
  /** Hires somebody; false when HR has the worker already. */
  readonly hire: (hire: NewHire) => Promise<boolean>;
  /** The worker in HR; undefined where there is none. */
  readonly worker: (workerId: string) => Promise<HrWorker | undefined>;
  /** HR enters a change of the worker; one that changes nothing tells nobody. */
  readonly change: (workerId: string, change: Readonly<Record<string, unknown>>) => Promise<void>;
  /** HR terminates many and sends one batch. */
  readonly terminateMany: (workerIds: readonly string[], lastDay: string) => Promise<void>;
  /** The administrators give the application what it takes to write to privileged accounts: a directory role, and rights through AdminSDHolder. */
  readonly allowPrivileged: () => Promise<void>;
  /** Activates a user of OCI as another administrator does, past the application. */
  readonly openInOci: (userId: string) => Promise<void>;
  /** The requests of a system after a sequence number. */
  readonly requests: (system: TargetSystem, since: number) => Promise<readonly WireRequest[]>;
  readonly state: <Out>(system: TargetSystem | 'hr', shape: z.ZodType<Out>) => Promise<Out>;
  /** Every secret value that a system issued or received. */
  readonly secrets: () => Promise<readonly string[]>;
};

const hrKey = 'sandbox-hr-api-key';

/** Speaks to the sandbox at its control address. */
export function sandboxControl(url: string): SandboxControl {
  return { ...hrOf(url), ...worldOf(url) };
}

function worldOf(url: string): Omit<SandboxControl, 'hire' | 'worker' | 'change' | 'terminateMany'> {
  const post = <Out>(path: string, body: unknown, answer: z.ZodType<Out>) =>
    callJson({ url: `${url}${path}`, answer, method: 'POST', body });
  return {
    now: async () => Date.parse((await callJson({ url: `${url}/clock`, answer: z.object({ now: z.string() }) })).now),
    token: async (client) => (await post('/tokens', { client }, z.object({ token: z.string() }))).token,
    setWebhook: async (webhook) => void (await post('/hr/webhook', { url: webhook }, z.unknown())),
    allowPrivileged: async () =>
      void (await post('/settings', { graph: { privilegedWritable: true }, directory: { protectedWritable: true } }, z.unknown())),
    openInOci: async (userId) => void (await post(`/oci/users/${userId}`, { active: true }, z.unknown())),
    requests: (system, since) => callJson({ url: `${url}/requests/${system}?since=${since}`, answer: z.array(request) }),
    state: (system, shape) => callJson({ url: `${url}/state/${system}`, answer: shape }),
    secrets: async () =>
      (await callJson({ url: `${url}/secrets`, answer: z.array(z.object({ value: z.string() })) })).map(({ value }) => value),
  };
}

function hrOf(url: string): Pick<SandboxControl, 'hire' | 'worker' | 'change' | 'terminateMany'> {
  const send = (path: string, method: 'POST' | 'PATCH', body: unknown) =>
    callJson({ url: `${url}/hr/v1${path}`, answer: z.unknown(), method, body, token: hrKey });
  return {
    hire: async (hire) => (await unless(409, () => send('/workers', 'POST', hire))) !== undefined,
    worker: (workerId) => unless(404, () => callJson({ url: `${url}/hr/v1/workers/${workerId}`, answer: hrWorker, token: hrKey })),
    change: async (workerId, change) => void (await send(`/workers/${workerId}`, 'PATCH', change)),
    terminateMany: async (workerIds, lastDay) => void (await send('/mass-termination', 'POST', { workerIds, lastDay })),
  };
}

/** The answer; undefined where the call was refused with that status. */
async function unless<Out>(status: number, call: () => Promise<Out>): Promise<Out | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CallRefused && error.status === status) return undefined;
    throw error;
  }
}
