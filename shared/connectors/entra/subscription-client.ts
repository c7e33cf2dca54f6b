import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { SubscriptionClient, TenantSubscription } from '../../ports/subscriptions.ts';
import type { Api, ApiRequest, Reply } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { parseReply } from '../http/parse-reply.ts';

const subscription = z.object({
  id: z.string().min(1),
  resource: z.string(),
  notificationUrl: z.string(),
  expirationDateTime: z.string(),
});

/**
 * Graph's subscriptions (https://learn.microsoft.com/graph/api/resources/subscription). The address for lifecycle notices cannot be added later, and moving the end
 * reauthorizes too.
 */
export function createSubscriptionClient(api: Api): SubscriptionClient {
  const at = (id: string) => `/subscriptions/${encodeURIComponent(id)}`;
  return {
    list: async (signal) => (await graphList(api, { method: 'GET', path: '/subscriptions' }, subscription, signal)).map(toSubscription),
    create: async (order, signal) => {
      const body = {
        // A creation and a soft deletion arrive as `updated` as well.
        changeType: 'updated,deleted',
        resource: order.resource,
        notificationUrl: order.notificationUrl,
        lifecycleNotificationUrl: order.lifecycleUrl,
        expirationDateTime: new Date(order.expiresAt).toISOString(),
        clientState: order.clientState,
        latestSupportedTlsVersion: 'v1_2',
      };
      const reply = await write(api, { method: 'POST', path: '/subscriptions', body }, signal);
      return toSubscription(parseReply(api.system, reply, subscription));
    },
    renew: async (id, expiresAt, signal) => {
      const body = { expirationDateTime: new Date(expiresAt).toISOString() };
      return unlessGone(write(api, { method: 'PATCH', path: at(id), body }, signal));
    },
    remove: async (id, signal) => {
      await unlessGone(write(api, { method: 'DELETE', path: at(id) }, signal));
    },
  };
}

async function write(api: Api, request: ApiRequest, signal: AbortSignal): Promise<Reply> {
  const result = await api.write(request, signal);
  if (result.is === 'ok') return result.reply;
  const { code, message, ...ids } = result.problem;
  throw new GatehouseError(code, message, { ...ids, retryAfterMs: result.is === 'later' ? result.retryAfterMs : undefined });
}

async function unlessGone(writing: Promise<Reply>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'target-not-found') return false;
    throw error;
  }
}

function toSubscription({ id, resource, notificationUrl, expirationDateTime }: z.infer<typeof subscription>): TenantSubscription {
  return { id, resource, notificationUrl, expiresAt: Date.parse(expirationDateTime) };
}
