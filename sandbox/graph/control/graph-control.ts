import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, type HttpContext } from '../../foundation/http-wire.ts';
import type { HttpApp } from '../../foundation/serve.ts';
import { transaction } from '../../foundation/transaction.ts';
import type { World } from '../../foundation/world.ts';
import { replayChanges } from '../changes/read-changes.ts';
import { demandResync } from '../delta/delta-epochs.ts';
import { GraphFailure } from '../http/graph-failure.ts';
import { noticeBacklog } from '../notifications/notification-queue.ts';
import { askForReauthorization } from '../notifications/queue-reminders.ts';
import { listSubscriptions } from '../subscriptions/subscription-store.ts';
import { licenseGroupByHand } from './license-group.ts';
import { addMemberByHand, changeUserByHand, removeMemberByHand } from './change-by-hand.ts';

const kindOf = { users: 'user', groups: 'group' } as const;
const deltaSchema = z.union([
  z.strictObject({ resync: z.enum(['users', 'groups']) }),
  z.strictObject({ replay: z.enum(['users', 'groups']), items: z.number().int().min(1).default(10) }),
]);
const licencesSchema = z.strictObject({ skuIds: z.array(z.string()) });
const memberSchema = z.strictObject({ user: z.string().min(1) });
const reauthorizationSchema = z.strictObject({ subscription: z.string().min(1).exactOptional() });
const propertiesSchema = z.record(z.string(), z.unknown());

/** The tenant's part of the control port (docs/sandbox.md): changes as another administrator makes them, past the application whose calls are recorded and counted;
 * reauthorization, resync and replay on demand. Without a token: to be mounted where only loopback is let in. */
export function graphControl(world: World): HttpApp {
  const app: HttpApp = new Hono();
  app.post('/graph/users/:user', (context) =>
    withBody(context, propertiesSchema, (values) => changeUserByHand(world, context.req.param('user'), values)),
  );
  app.post('/graph/groups/:group/members', (context) =>
    withBody(context, memberSchema, ({ user }) => addMemberByHand(world, context.req.param('group'), user)),
  );
  app.delete('/graph/groups/:group/members/:user', (context) =>
    answered(context, () => removeMemberByHand(world, context.req.param('group'), context.req.param('user'))),
  );
  app.post('/graph/groups/:group/licences', (context) =>
    withBody(context, licencesSchema, ({ skuIds }) => licenseGroupByHand(world, context.req.param('group'), skuIds)),
  );
  app.post('/graph/delta', (context) =>
    withBody(context, deltaSchema, (order) => {
      if ('resync' in order) return demandResync(world.database, kindOf[order.resync]);
      return { replayed: replayChanges(world.database, kindOf[order.replay], order.items) };
    }),
  );
  app.get('/graph/notifications', (context) => {
    const { nextDueAt, ...counts } = noticeBacklog(world.database);
    return context.json({ ...counts, nextDueAt: nextDueAt === null ? null : new Date(nextDueAt).toISOString() });
  });
  app.post('/graph/reauthorization', (context) =>
    withBody(context, reauthorizationSchema, ({ subscription }) => ({ asked: askAll(world, subscription) })),
  );
  return app;
}

function askAll(world: World, id: string | undefined): readonly string[] {
  const asked = listSubscriptions(world.database, world.now()).filter((subscription) => id === undefined || subscription.id === id);
  return transaction(world.database, () => asked.filter((one) => askForReauthorization(world, one)).map((one) => one.id));
}

async function withBody<Schema extends z.ZodType>(
  context: HttpContext,
  schema: Schema,
  work: (body: z.infer<Schema>) => unknown,
): Promise<Response> {
  const body = await readBody(context);
  const checked = schema.safeParse(body.is === 'json' ? body.value : body.is === 'none' ? {} : undefined);
  if (checked.success) return answered(context, () => work(checked.data));
  const problems = checked.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return context.json({ error: { detail: problems.join('; ') } }, 400);
}

function answered(context: HttpContext, work: () => unknown): Response {
  try {
    return context.json(work() ?? null);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return context.json({ error: { detail: error.message } }, error.status === 404 ? 404 : 400);
  }
}
