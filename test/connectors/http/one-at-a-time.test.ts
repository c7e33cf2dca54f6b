import { expect, it } from 'vitest';
import { graphObject } from '../../../shared/connectors/http/graph-object.ts';
import { oneAtATime } from '../../../shared/connectors/http/one-at-a-time.ts';
import { NotSent } from '../../../shared/connectors/http/not-sent.ts';
import type { WireRequest } from '../../../shared/connectors/http/wire.ts';
import { ociObject } from '../../../shared/connectors/oci/create-oci-api.ts';

const signal = AbortSignal.timeout(20_000);

function request(method: string, path: string, priority: WireRequest['priority'] = 'normal'): WireRequest {
  return { method, url: `https://graph.microsoft.com/v1.0${path}`, headers: {}, body: undefined, priority };
}

/** A wire whose requests end when the test says so. */
function heldWire() {
  const inFlight: { readonly name: string; readonly end: () => void }[] = [];
  const wire = oneAtATime(
    ({ method, url, priority }) =>
      new Promise((resolve) => {
        const name = `${method} ${url.slice('https://graph.microsoft.com/v1.0'.length)}${priority === 'contain' ? ' first' : ''}`;
        inFlight.push({ name, end: () => resolve(new Response(null, { status: 204 })) });
      }),
    graphObject,
  );
  return { wire, inFlight, names: () => inFlight.map(({ name }) => name) };
}

it('writes to one object are in flight one after the other, containment first; others and reads go at once', async () => {
  const { wire, inFlight, names } = heldWire();
  const sent = [
    wire(request('PATCH', '/users/1'), signal),
    wire(request('POST', '/users/1/assignLicense'), signal),
    wire(request('PATCH', '/users/1', 'contain'), signal),
    wire(request('PATCH', '/users/2'), signal),
    wire(request('POST', '/users'), signal),
    wire(request('POST', '/users'), signal),
    wire(request('GET', '/users/1'), signal),
  ];
  await expect.poll(names).toHaveLength(5);
  expect(names().toSorted()).toEqual(['GET /users/1', 'PATCH /users/1', 'PATCH /users/2', 'POST /users', 'POST /users']);
  inFlight.find(({ name }) => name === 'PATCH /users/1')?.end();
  await sent[0];
  await expect.poll(names).toContain('PATCH /users/1 first');
  expect(names()).not.toContain('POST /users/1/assignLicense');
  for (let at = 0; at < sent.length; at += 1) {
    await expect.poll(() => inFlight.length).toBeGreaterThan(at);
    inFlight[at]?.end();
  }
  await Promise.all(sent);
  expect(names().at(-1)).toBe('POST /users/1/assignLicense');
});

it('a request that failed gives its turn on', async () => {
  let calls = 0;
  const wire = oneAtATime(() => {
    calls += 1;
    return Promise.reject(new Error('cut'));
  }, graphObject);
  const both = [wire(request('PATCH', '/groups/1'), signal), wire(request('PATCH', '/groups/1'), signal)];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(calls).toBe(2);
});

it('what is given up while it waits its turn is not sent, and that is known', async () => {
  const { wire, inFlight, names } = heldWire();
  const giving = new AbortController();
  const first = wire(request('PATCH', '/users/1'), signal);
  const second = wire(request('DELETE', '/users/1'), giving.signal);
  await expect.poll(names).toHaveLength(1);
  giving.abort();
  inFlight[0]?.end();
  await first;
  await expect(second).rejects.toBeInstanceOf(NotSent);
  expect(names()).toEqual(['PATCH /users/1']);
});

it.each([
  ['/Users/u1', 'u1'],
  ['/UserStatusChanger/u1', 'u1'],
  ['/Groups/g1?attributes=members', 'g1'],
  ['/Users', undefined],
  ['/Users/.search', undefined],
  ['/Groups/.search', undefined],
])('in OCI %s is about %s: searches do not wait for each other', (path, object) => {
  expect(ociObject({ url: `https://domain.example/admin/v1${path}` })).toBe(object);
});
