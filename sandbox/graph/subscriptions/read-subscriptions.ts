import { parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { contextOf, plainCollection } from '../odata/collection.ts';
import { shapeOf } from '../odata/query-options.ts';
import { listSubscriptions, type KeptSubscription, type Subscription } from './subscription-store.ts';

/** `GET /subscriptions`: those that have not expired. The client state is told to nobody again. */
export function listAllSubscriptions(call: GraphCall): GraphAnswer {
  return plainCollection(call, listSubscriptions(call.world.database, call.world.now()).map(shown));
}

/** `GET /subscriptions/{id}`. */
export function readSubscription(call: GraphCall): GraphAnswer {
  const { select } = shapeOf(call);
  const properties = Object.entries(shown(requireSubscription(call)));
  const picked = select === undefined ? properties : properties.filter(([name]) => select.includes(name));
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...Object.fromEntries(picked) } };
}

/** The subscription of the path. Throws 404 when there is none, or it has expired. */
export function requireSubscription(call: GraphCall): Subscription {
  const id = parameter(call, 'subscription-id').toLowerCase();
  const found = listSubscriptions(call.world.database, call.world.now()).find((subscription) => subscription.id === id);
  if (found === undefined) throw new GraphFailure(404, 'ResourceNotFound', 'The object was not found.');
  return withoutKept(found);
}

function withoutKept({ fromSequence: _from, renewedAt: _renewed, isReminded: _reminded, ...subscription }: KeptSubscription): Subscription {
  return subscription;
}

function shown(subscription: Subscription | KeptSubscription): Subscription {
  return { ...('fromSequence' in subscription ? withoutKept(subscription) : subscription), clientState: null };
}
