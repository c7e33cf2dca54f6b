import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';
import { mode, secretName, systemId } from './patterns.ts';

const source = keyed({
  kind: z.literal('generic-hr'),
  mode,
  webhook: keyed({ secret: secretName }),
  reread: keyed({
    url: keyed({
      setting: z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'must be the name of an environment setting, such as GATEHOUSE_HR_URL' }),
      default: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
    }),
    secret: secretName,
  }),
});

/** sources.yaml. */
export const sourcesFile = keyed({ sources: z.record(systemId, source) });
