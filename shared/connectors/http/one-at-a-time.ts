import { NotSent } from './not-sent.ts';
import type { Wire, WireRequest } from './wire.ts';

type Turn = { readonly isContainment: boolean; readonly start: () => void };

/**
 * Never sends a second write for an object while one is in flight: its writes go one after the other, containment first. `objectOf` names the object that a request is for;
 * undefined where it is for none that is there, as when one is created. It belongs beneath the governor, so that nobody holds an object's turn while waiting for quota.
 */
export function oneAtATime(wire: Wire, objectOf: (request: WireRequest) => string | undefined): Wire {
  const lines = new Map<string, Turn[]>();
  const enter = (object: string, isContainment: boolean): Promise<void> | undefined => {
    const line = lines.get(object);
    if (line === undefined) return void lines.set(object, []);
    return new Promise<void>((start) => {
      const place = isContainment ? line.findIndex((other) => !other.isContainment) : -1;
      line.splice(place < 0 ? line.length : place, 0, { isContainment, start });
    });
  };
  const leave = (object: string): void => {
    const next = lines.get(object)?.shift();
    if (next === undefined) lines.delete(object);
    else next.start();
  };
  return async (request, signal) => {
    const object = request.method === 'GET' ? undefined : objectOf(request);
    if (object === undefined) return wire(request, signal);
    await enter(object, request.priority === 'contain');
    try {
      if (signal.aborted)
        throw new NotSent('The call was given up while another write to the same object was in flight.', { cause: signal.reason });
      return await wire(request, signal);
    } finally {
      leave(object);
    }
  };
}
