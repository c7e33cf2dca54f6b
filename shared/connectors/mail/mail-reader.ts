import { z } from 'zod';
import type { MailReader } from '../../ports/readers/mail.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { withQuery } from '../http/with-query.ts';
import { immutableIds } from './immutable-ids.ts';
import { mailKeyProperty } from './mail-key.ts';

const message = z.object({ id: z.string(), isDraft: z.boolean().nullish() });

/**
 * Looks for a mail by its key: in Sent Items, in Drafts, and then in the whole mailbox, since a mail that is being sent is in neither, and somebody may have filed it elsewhere. Only what is nowhere is absent.
 */
export function createMailReader(api: Api, sender: string): MailReader {
  const mailbox = `/users/${encodeURIComponent(sender)}`;
  const find = async (place: string, key: string, signal: AbortSignal): Promise<z.infer<typeof message> | undefined> => {
    const filter = `singleValueExtendedProperties/any(ep:ep/id eq ${odataLiteral(mailKeyProperty)} and ep/value eq ${odataLiteral(key)})`;
    const path = withQuery(`${mailbox}${place}/messages`, { $filter: filter, $select: 'id,isDraft' });
    const [found] = await graphList(api, { method: 'GET', path, headers: immutableIds }, message, signal);
    return found;
  };
  return {
    stateOf: async (key, signal) => {
      for (const place of ['/mailFolders/sentitems', '/mailFolders/drafts', '']) {
        const found = await find(place, key, signal);
        if (found !== undefined) return { is: found.isDraft === true ? 'draft' : 'sent', id: found.id };
      }
      return { is: 'absent' };
    },
  };
}
