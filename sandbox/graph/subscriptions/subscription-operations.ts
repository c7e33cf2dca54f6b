import type { Operations } from '../http/graph-call.ts';
import { listAllSubscriptions, readSubscription } from './read-subscriptions.ts';
import {
  beforeCreation,
  beforeUpdate,
  createSubscription,
  deleteSubscription,
  reauthorizeSubscription,
  updateSubscription,
} from './write-subscriptions.ts';

const one = '/subscriptions/{subscription-id}';

/** Subscriptions to change notifications. */
export const subscriptionOperations: Operations = {
  'GET /subscriptions': { name: 'subscriptions.list', handle: listAllSubscriptions },
  'POST /subscriptions': { name: 'subscriptions.create', handle: createSubscription, before: beforeCreation },
  [`GET ${one}`]: { name: 'subscriptions.get', handle: readSubscription },
  [`PATCH ${one}`]: { name: 'subscriptions.update', handle: updateSubscription, before: beforeUpdate },
  [`DELETE ${one}`]: { name: 'subscriptions.delete', handle: deleteSubscription },
  [`POST ${one}/reauthorize`]: { name: 'subscriptions.reauthorize', handle: reauthorizeSubscription },
};
