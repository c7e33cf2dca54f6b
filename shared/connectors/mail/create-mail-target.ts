import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { limitConcurrency } from '../http/limit-concurrency.ts';
import { createMailReader } from './mail-reader.ts';
import { createMailWriter } from './mail-writer.ts';

// What Outlook takes from one application at the same time (https://learn.microsoft.com/graph/throttling-limits, Outlook service limits).
const concurrentRequests = 4;

/** Mail from one mailbox, `sender`, over `createGraphApi`. */
export function createMailTarget(
  settings: { readonly id: TargetId; readonly sender: string },
  deps: { readonly graph: Api },
): WritableTarget {
  const { id, sender } = settings;
  const graph = limitConcurrency(deps.graph, concurrentRequests);
  return {
    id,
    kind: 'mail',
    reads: { mail: createMailReader(graph, sender) },
    writes: { mail: createMailWriter(graph, sender) },
    probe: async (signal) => {
      await graph.read(
        { method: 'GET', path: `/users/${encodeURIComponent(sender)}/mailFolders/sentitems/messages?$select=id&$top=1` },
        signal,
      );
    },
  };
}
