import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';
import { mode, secretName, settingName, systemId } from './patterns.ts';
import { recordMap } from './record-map-file.ts';

const reread = keyed({
  url: keyed({
    setting: settingName,
    default: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  }),
  secret: secretName,
});
const webhook = keyed({ secret: secretName });

const genericHr = keyed({ kind: z.literal('generic-hr'), mode, webhook, reread });
const bambooHr = keyed({ kind: z.literal('bamboohr'), mode, webhook, reread, fields: recordMap(['workerId']).optional() });
const csv = keyed({ kind: z.literal('csv'), mode, webhook: webhook.optional(), columns: recordMap().optional() });

/** sources.yaml. */
export const sourcesFile = keyed({
  sources: z.record(systemId, z.discriminatedUnion('kind', [genericHr, bambooHr, csv])),
});
