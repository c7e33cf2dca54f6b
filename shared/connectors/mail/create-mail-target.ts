import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import type { Api } from '../http/api.ts';
import { createMailReader } from './mail-reader.ts';
import { createMailWriter } from './mail-writer.ts';

/** Mail from one mailbox, `sender`, over `createGraphApi`. */
export function createMailTarget(settings: { readonly id: TargetId; readonly sender: string }, deps: { readonly graph: Api }): WritableTarget {
  const { id, sender } = settings;
  return {
    id,
    kind: 'mail',
    reads: { mail: createMailReader(deps.graph, sender) },
    writes: { mail: createMailWriter(deps.graph, sender) },
    probe: async (signal) => {
      await deps.graph.read({ method: 'GET', path: `/users/${encodeURIComponent(sender)}/mailFolders/sentitems/messages?$select=id&$top=1` }, signal);
    },
  };
}
