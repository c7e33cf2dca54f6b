import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { DeltaPage, DeltaReader, GroupDelta, UserDelta } from '../../ports/readers/deltas.ts';
import type { Api } from '../http/api.ts';
import { linkPath } from '../http/link-path.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const removed = z.object({ reason: z.string() });
const user = z.object({
  id: z.string().min(1),
  accountEnabled: z.boolean().nullish(),
  onPremisesImmutableId: z.string().nullish(),
  '@removed': removed.optional(),
});
const member = z.object({ id: z.string().min(1), '@odata.type': z.string().optional(), '@removed': removed.optional() });
const group = z.object({ id: z.string().min(1), '@removed': removed.optional(), 'members@delta': z.array(member).optional() });

/**
 * Follows the changes of a tenant's users and groups (https://learn.microsoft.com/graph/delta-query-overview). Only what is selected wakes the delta. Links of directory
 * objects live seven days; one that is refused, with 400 `syncStateNotFound` or 410, has to be given up for a reading from the beginning.
 */
export function createDeltaReader(api: Api): DeltaReader {
  return {
    users: (link, signal) => {
      const first = withQuery('/users/delta', { $select: 'id,accountEnabled,onPremisesImmutableId' });
      return readPage(api, { first, link, item: user, toItem: toUser }, signal);
    },
    groups: (link, signal) => {
      const first = withQuery('/groups/delta', { $select: 'id,displayName,members' });
      return readPage(api, { first, link, item: group, toItem: toGroup }, signal);
    },
  };
}

type Reading<Raw, Item> = {
  readonly first: string;
  readonly link: string | null;
  readonly item: z.ZodType<Raw>;
  readonly toItem: (raw: Raw) => Item;
};

async function readPage<Raw, Item>(
  api: Api,
  { first, link, item, toItem }: Reading<Raw, Item>,
  signal: AbortSignal,
): Promise<DeltaPage<Item>> {
  const schema = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional(), '@odata.deltaLink': z.string().optional() });
  try {
    const reply = await api.read({ method: 'GET', path: link ?? first }, signal);
    const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = parseReply(api.system, reply, schema);
    const onwards = next ?? delta;
    if (onwards === undefined)
      throw new GatehouseError('target-answer-invalid', `${api.system} ended a delta without a link to what comes next.`);
    return { is: 'page', items: value.map(toItem), link: linkPath(api, onwards), isLast: next === undefined };
  } catch (error) {
    // The answer's code differs from case to case; that the service refuses its own link says enough.
    if (link !== null && error instanceof GatehouseError && error.code === 'target-refused')
      return { is: 'expired', reason: error.message };
    throw error;
  }
}

function toUser(raw: z.infer<typeof user>): UserDelta {
  const isDeleted = raw['@removed'] !== undefined;
  return { id: raw.id, isDeleted, enabled: raw.accountEnabled ?? undefined, anchor: raw.onPremisesImmutableId };
}

/** Members that are no users, such as groups and devices, have no account with us. */
function toGroup(raw: z.infer<typeof group>): GroupDelta {
  const users = (raw['members@delta'] ?? []).filter((one) => (one['@odata.type'] ?? '#microsoft.graph.user') === '#microsoft.graph.user');
  return {
    id: raw.id,
    isDeleted: raw['@removed'] !== undefined,
    added: users.filter((one) => one['@removed'] === undefined).map(({ id }) => id),
    removed: users.filter((one) => one['@removed'] !== undefined).map(({ id }) => id),
  };
}
