import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import { answerWithoutId, toUnaccepted } from '../http/to-answer.ts';
import type { Priority } from '../http/wire.ts';
import { pageOf } from './account-reader.ts';
import { propertyOf } from './json.ts';
import type { Resource } from './list-resources.ts';
import type { ScimContext } from './scim-context.ts';
import { scimUrns } from './scim-urns.ts';

/** How the configuration names groups: by the server's `id`, or by the `externalId` that we give. `declared` are the groups of the access rules, by that name, with their display names. */
export type GroupNaming = { readonly by: 'id' | 'externalId'; readonly declared: ReadonlyMap<string, string> };

/** Joins the names that the configuration has for groups with the ids that the server gave them. */
export type GroupDirectory = {
  /** The name of a group that was read: as the configuration has it where it is declared, else its id. */
  nameOf(group: Resource): string;
  /** The server's id of the group with this name; undefined where there is none yet. */
  idOf(name: string, signal: AbortSignal): Promise<string | undefined>;
  /** Makes the declared group, empty, unless it is there. */
  ensure(
    name: string,
    priority: Priority,
    signal: AbortSignal,
  ): Promise<{ readonly is: 'there'; readonly id: string } | Exclude<Answer, { is: 'accepted' }>>;
};

const created = z.object({ id: z.string().min(1) });

/** A directory of the groups of one application. An id never changes, so that it is looked for once. */
export function createGroupDirectory(context: ScimContext, { by, declared }: GroupNaming): GroupDirectory {
  const known = new Map<string, string>();
  const isOurs = (name: string) => by === 'externalId' && declared.has(name);
  const idOf = async (name: string, signal: AbortSignal): Promise<string | undefined> => {
    if (!isOurs(name)) return name;
    const id = known.get(name) ?? (await findGroup(context, name, signal));
    if (id !== undefined) known.set(name, id);
    return id;
  };
  return {
    nameOf: (group) => {
      const externalId = propertyOf(group, 'externalId');
      return typeof externalId === 'string' && isOurs(externalId) ? externalId : group.id;
    },
    idOf,
    ensure: async (name, priority, signal) => {
      const id = await idOf(name, signal);
      if (id !== undefined) return { is: 'there', id };
      const made = await makeGroup(context, { externalId: name, displayName: declared.get(name) ?? name }, priority, signal);
      if (made.is === 'there') known.set(name, made.id);
      return made;
    },
  };
}

async function findGroup(context: ScimContext, externalId: string, signal: AbortSignal): Promise<string | undefined> {
  const service = await context.service();
  // Members are of no interest here, and may be thousands.
  const listing = { path: service.groups, count: pageOf(context, service), options: { excludedAttributes: 'members' } };
  const valueOf = (group: Resource) => {
    const held = propertyOf(group, 'externalId');
    return typeof held === 'string' && held !== '' ? held : undefined;
  };
  const holds = (group: Resource, wanted: string) => valueOf(group) === wanted;
  const [group, second] = await context.find({ listing, path: 'externalId', value: externalId, holds, valueOf }, signal);
  if (second !== undefined)
    throw new GatehouseError('target-conflict', `${context.api.system} has several groups with the externalId ${externalId}.`);
  return group?.id;
}

async function makeGroup(
  context: ScimContext,
  group: { readonly externalId: string; readonly displayName: string },
  priority: Priority,
  signal: AbortSignal,
): Promise<{ readonly is: 'there'; readonly id: string } | Exclude<Answer, { is: 'accepted' }>> {
  const body = { schemas: [scimUrns.group], ...group };
  const result = await context.api.write({ method: 'POST', path: (await context.service()).groups, body, priority }, signal);
  if (result.is !== 'ok') return toUnaccepted(result);
  const parsed = created.safeParse(result.reply.body);
  return parsed.success ? { is: 'there', id: parsed.data.id } : answerWithoutId(context.api.system, result.reply.requestId);
}
