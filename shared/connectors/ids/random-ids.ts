import { randomUUID } from 'node:crypto';
import type { Ids } from '../../ports/ids.ts';

/** Version 4 UUIDs (RFC 9562): 122 random bits. */
export const randomIds: Ids = { next: () => randomUUID() };
