import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';
import { addressRange } from './address-range.ts';
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
const allow = z.array(addressRange).default([]);

const genericHr = keyed({ kind: z.literal('generic-hr'), mode, allow, webhook, reread });
const bambooHr = keyed({ kind: z.literal('bamboohr'), mode, allow, webhook, reread, fields: recordMap(['workerId']).optional() });
const csv = keyed({ kind: z.literal('csv'), mode, allow, webhook: webhook.optional(), columns: recordMap().optional() });

/** sources.yaml. */
export const sourcesFile = keyed({
  sources: z.record(systemId, z.discriminatedUnion('kind', [genericHr, bambooHr, csv])),
});
