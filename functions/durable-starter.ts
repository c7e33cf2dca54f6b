import type { InvocationContext } from '@azure/functions';
import { getClient } from 'durable-functions';
import type { RunStarter } from '../shared/operations/start-runs.ts';

const underWay: ReadonlySet<string> = new Set(['Pending', 'Running', 'ContinuedAsNew', 'Suspended']);

/** Starts runs as durable instances. When a start fails, the instance is asked for: if it is there, it was started before. */
export function durableStarter(context: InvocationContext): RunStarter {
  const client = getClient(context);
  return {
    async start(instanceId, input) {
      try {
        await client.startNew('run-workflow', { instanceId, input });
        return 'started';
      } catch (error) {
        const status = await client.getStatus(instanceId).catch(() => undefined);
        if (status === undefined) throw error;
        return 'exists';
      }
    },
    async isUnderWay(instanceId) {
      const status = await client.getStatus(instanceId).catch(() => undefined);
      return status !== undefined && underWay.has(String(status.runtimeStatus));
    },
  };
}
