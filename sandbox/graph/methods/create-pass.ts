import { randomBytes, randomUUID } from 'node:crypto';
import { bodyOf, nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { requireUser } from '../users/find-user.ts';
import { insertMethod, listMethods, removeMethod, type Method } from './method-store.ts';
import { presentMethod } from './present-method.ts';

/** The tenant's policy for passes (docs/sandbox.md). */
const policy = { shortest: 10, longest: 43_200, standard: 60 } as const;

/** Refuses a lifetime outside the policy in the service's own words; lifetimes are minutes. */
export function checkLifetime(body: unknown): void {
  const { lifetimeInMinutes }: { readonly lifetimeInMinutes?: unknown } = typeof body === 'object' && body !== null ? body : {};
  if (typeof lifetimeInMinutes !== 'number' || (lifetimeInMinutes >= policy.shortest && lifetimeInMinutes <= policy.longest)) return;
  throw new GraphFailure(
    400,
    'badRequest',
    `Invalid LifetimeInMinutes specified. The valid range between ${policy.shortest} and ${policy.longest}.`,
  );
}

/** `POST /users/{id}/authentication/temporaryAccessPassMethods` (https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods):
 * a user has one pass, so a new one replaces, and voids, the one before. Its code is in this answer and nowhere else. */
export function createPass(call: GraphCall): GraphAnswer {
  const { world } = call;
  const user = requireUser(call);
  const body = bodyOf(call);
  for (const before of listMethods(world.database, user.id, 'temporaryAccessPass')) removeMethod(world.database, user.id, before.id);
  const now = nowText(world);
  const start = body['startDateTime'];
  const pass: Method = {
    id: randomUUID(),
    type: 'temporaryAccessPass',
    body: {
      createdDateTime: now,
      startDateTime: typeof start === 'string' && Date.parse(start) > world.now() ? new Date(start).toISOString() : now,
      lifetimeInMinutes: body['lifetimeInMinutes'] ?? policy.standard,
      isUsableOnce: body['isUsableOnce'] ?? false,
    },
  };
  insertMethod(world.database, user.id, pass);
  const code = randomBytes(6).toString('base64');
  world.rememberSecret('graph', 'temporaryAccessPass', code);
  return { status: 201, body: { ...presentMethod(world, pass), temporaryAccessPass: code } };
}
