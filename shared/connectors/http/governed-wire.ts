import type { QuotaCost } from '../../domain/quota.ts';
import type { Governor } from './governor.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Wire, WireRequest } from './wire.ts';

// Where a 429 names no time, as some services do (https://learn.microsoft.com/graph/throttling).
const unnamedWaitMs = 5_000;

/** Lets each request wait for its quota before it is sent, and tells the governor of every 429. */
export function governWire(wire: Wire, governor: Governor, costOf: (request: WireRequest) => QuotaCost): Wire {
  return async (request, signal) => {
    await governor.admit(costOf(request), request.priority, signal);
    const response = await wire(request, signal);
    if (response.status === 429) governor.throttled(retryAfterMs(response.headers) ?? unnamedWaitMs);
    return response;
  };
}
