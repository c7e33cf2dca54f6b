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
 * Looks for a mail by its key in the whole mailbox: one that is being sent is neither in Drafts nor in Sent Items, and somebody may have filed it elsewhere.
 * A mail that left counts before a draft that was written twice. Only what is nowhere is absent.
 */
export function createMailReader(api: Api, sender: string): MailReader {
  return {
    stateOf: async (key, signal) => {
      const filter = `singleValueExtendedProperties/any(ep:ep/id eq ${odataLiteral(mailKeyProperty)} and ep/value eq ${odataLiteral(key)})`;
      const path = withQuery(`/users/${encodeURIComponent(sender)}/messages`, { $filter: filter, $select: 'id,isDraft' });
      const found = await graphList(api, { method: 'GET', path, headers: immutableIds }, message, signal);
      const sent = found.find(({ isDraft }) => isDraft !== true);
      if (sent !== undefined) return { is: 'sent', id: sent.id };
      const [draft] = found;
      return draft === undefined ? { is: 'absent' } : { is: 'draft', id: draft.id };
    },
  };
}
