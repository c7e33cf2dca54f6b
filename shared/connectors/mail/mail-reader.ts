import { z } from 'zod';
import type { MailReader } from '../../ports/readers/mail.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { withQuery } from '../http/with-query.ts';
import { immutableIds } from './immutable-ids.ts';
import { mailKeyProperty } from './mail-key.ts';

const message = z.object({ id: z.string() });

/** Looks for a mail by its key, in Sent Items before Drafts: a mail that is on its way between the two is then never taken for absent. */
export function createMailReader(api: Api, sender: string): MailReader {
  const find = async (folder: 'sentitems' | 'drafts', key: string, signal: AbortSignal): Promise<string | undefined> => {
    const filter = `singleValueExtendedProperties/any(ep:ep/id eq ${odataLiteral(mailKeyProperty)} and ep/value eq ${odataLiteral(key)})`;
    const path = withQuery(`/users/${encodeURIComponent(sender)}/mailFolders/${folder}/messages`, { $filter: filter, $select: 'id' });
    const [found] = await graphList(api, { method: 'GET', path, headers: immutableIds }, message, signal);
    return found?.id;
  };
  return {
    stateOf: async (key, signal) => {
      const sent = await find('sentitems', key, signal);
      if (sent !== undefined) return { is: 'sent', id: sent };
      const draft = await find('drafts', key, signal);
      if (draft !== undefined) return { is: 'draft', id: draft };
      // It may have moved from Drafts to Sent Items between the two looks.
      const since = await find('sentitems', key, signal);
      return since === undefined ? { is: 'absent' } : { is: 'sent', id: since };
    },
  };
}
