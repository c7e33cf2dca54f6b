import { z } from 'zod';
import { callJson, CallRefused } from './call-json.ts';
import type { NewHire } from './sample-hires.ts';

/** The sandbox's control port and HR's own API, as HR's staff use it (docs/sandbox.md). */
export type SandboxControl = {
  /** The world's time, in milliseconds. */
  readonly now: () => Promise<number>;
  readonly operatorToken: () => Promise<string>;
  /** Tells HR where its events go. */
  readonly setWebhook: (url: string) => Promise<void>;
  /** Hires somebody; false when HR has the worker already. */
  readonly hire: (hire: NewHire) => Promise<boolean>;
  readonly state: <Out>(system: 'graph' | 'directory' | 'oci' | 'hr', shape: z.ZodType<Out>) => Promise<Out>;
  /** Every secret value that a system issued or received. */
  readonly secrets: () => Promise<readonly string[]>;
};

const hrKey = 'sandbox-hr-api-key';

/** Speaks to the sandbox at its control address. */
export function sandboxControl(url: string): SandboxControl {
  return {
    now: async () => Date.parse((await callJson({ url: `${url}/clock`, answer: z.object({ now: z.string() }) })).now),
    operatorToken: async () => {
      const answer = z.object({ token: z.string() });
      return (await callJson({ url: `${url}/tokens`, answer, method: 'POST', body: { client: 'operator' } })).token;
    },
    setWebhook: async (webhook) => {
      await callJson({ url: `${url}/hr/webhook`, answer: z.unknown(), method: 'POST', body: { url: webhook } });
    },
    hire: (hire) => postHire(url, hire),
    state: (system, shape) => callJson({ url: `${url}/state/${system}`, answer: shape }),
    secrets: async () =>
      (await callJson({ url: `${url}/secrets`, answer: z.array(z.object({ value: z.string() })) })).map(({ value }) => value),
  };
}

async function postHire(url: string, hire: NewHire): Promise<boolean> {
  try {
    await callJson({ url: `${url}/hr/v1/workers`, answer: z.unknown(), method: 'POST', body: hire, token: hrKey });
    return true;
  } catch (error) {
    if (error instanceof CallRefused && error.status === 409) return false;
    throw error;
  }
}
