import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { PersonId } from '../../domain/ids.ts';
import type { Notice } from '../../ports/queue.ts';
import type { KnownSubscription, NoticeFate } from '../../ports/registry/graph-door.ts';
import { followChanges } from './follow-changes.ts';
import type { GraphNoticeDeps } from './graph-notice-deps.ts';
import { keepSubscriptions, prolongSubscription } from './keep-subscriptions.ts';

const notice = z.object({
  subscriptionId: z.string(),
  stateHash: z.string().regex(/^[0-9a-f]{64}$/),
  lifecycle: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']).nullable(),
  count: z.number().int().positive(),
});
/** The queue's message. */
export const noticeBatch = z.object({ notices: z.array(notice) });

/**
 * Does what notices ask for: those of a subscription of ours that carry its client state have its resource looked at; others are counted and left. What the notice says
 * has changed is never acted on: the delta says what has. Answers the people whose runs have become due.
 */
export async function followNotices(deps: GraphNoticeDeps, notices: readonly Notice[]): Promise<readonly PersonId[]> {
  const trusted: { readonly notice: Notice; readonly known: KnownSubscription }[] = [];
  for (const one of notices) {
    const known = await deps.registry.stores.graphDoor.subscription(one.subscriptionId);
    const fate = fateOf(one, known);
    await deps.registry.transaction((stores) => stores.graphDoor.countNotices(fate, one.count, deps.clock.now()));
    if (known !== undefined && fate === 'taken') trusted.push({ notice: one, known });
    else deps.log.warn('Notices were not heeded.', { fate, count: one.count, subscriptionId: one.subscriptionId });
  }
  for (const {
    notice: { lifecycle },
    known,
  } of trusted)
    await tend(deps, lifecycle, known);
  const woken = new Set<PersonId>();
  const resources = new Map(trusted.map(({ known }) => [`${known.target} ${known.resource}`, known]));
  for (const { target, resource } of resources.values()) {
    for (const personId of await followChanges(deps, { target, resource })) woken.add(personId);
  }
  return [...woken];
}

function fateOf({ stateHash }: Notice, known: KnownSubscription | undefined): NoticeFate {
  if (known === undefined) return 'unknown-subscription';
  return timingSafeEqual(Buffer.from(stateHash, 'hex'), Buffer.from(known.stateHash, 'hex')) ? 'taken' : 'wrong-client-state';
}

/** What a tenant says of the subscription itself (https://learn.microsoft.com/graph/change-notifications-lifecycle-events). */
async function tend(deps: GraphNoticeDeps, lifecycle: Notice['lifecycle'], known: KnownSubscription): Promise<void> {
  if (lifecycle === 'reauthorizationRequired') await prolongSubscription(deps, known);
  if (lifecycle !== 'subscriptionRemoved') return;
  await deps.registry.transaction((stores) => stores.graphDoor.forgetSubscription(known));
  await keepSubscriptions(deps);
}
