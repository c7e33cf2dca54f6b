import { Hono } from 'hono';
import type { z } from 'zod';
import { companyOf } from '../company/company-of.ts';
import { readBody, type HttpContext } from '../foundation/http-wire.ts';
import type { OpenedWorld } from '../foundation/open-world.ts';
import type { HttpApp } from '../foundation/serve.ts';
import type { SystemName } from '../foundation/world.ts';
import { issueApiToken, issueUserToken, type IssuedToken } from '../tokens/issue-token.ts';
import { addByHand } from './by-hand.ts';
import { changeClock } from './change-clock.ts';
import {
  clockChangeSchema,
  faultOrderSchema,
  randomFaultsSchema,
  settingsChangeSchema,
  systemNameSchema,
  tokenOrderSchema,
  webhookSchema,
} from './control-schemas.ts';

/** What the control port reaches of the running systems. */
export type ControlParts = {
  readonly state: Readonly<Record<SystemName, () => unknown>>;
  /** Runs one Cloud Sync cycle and returns its report. */
  readonly sync: () => Promise<unknown>;
  readonly setWebhook: (url: string) => void;
  readonly setBambooWebhook: (url: string) => void;
};

/** The control port of docs/sandbox.md: no token, but only requests that name the loopback host, so that no web page can reach it under another name. */
export function controlApp(world: OpenedWorld, parts: ControlParts): HttpApp {
  const app: HttpApp = new Hono();
  app.use(async (context, next) =>
    isLoopback(context.req.url) ? next() : problem(context, 403, 'The control port answers on loopback only.'),
  );
  app.onError((error, context) => {
    if (error instanceof NotThere) return problem(context, 400, error.message);
    console.error('sandbox: control port failed', error);
    return problem(context, 500, 'The sandbox failed; see its error output.');
  });
  addLooking(app, world, parts);
  addClockAndFaults(app, world);
  addActing(app, world, parts);
  addByHand(app, world);
  return app;
}

function addLooking(app: HttpApp, world: OpenedWorld, parts: ControlParts): void {
  app.get('/state/:system', (context) => {
    const system = systemNameSchema.safeParse(context.req.param('system'));
    return system.success ? context.json(parts.state[system.data]()) : unknownSystem(context);
  });
  app.get('/requests/:system', (context) => {
    const system = systemNameSchema.safeParse(context.req.param('system'));
    const since = Number(context.req.query('since') ?? 0);
    if (!system.success) return unknownSystem(context);
    if (!Number.isInteger(since)) return problem(context, 400, 'since: must be a sequence number.');
    return context.json(world.requests.since(system.data, since));
  });
  app.get('/counters', (context) => context.json(world.requests.counters()));
  app.get('/secrets', (context) => context.json(world.secrets.list()));
}

function addClockAndFaults(app: HttpApp, world: OpenedWorld): void {
  const clock = () => ({ now: new Date(world.now()).toISOString(), offsetMs: world.clock.offsetMs() });
  app.get('/clock', (context) => context.json(clock()));
  app.post('/clock', (context) =>
    withBody(context, clockChangeSchema, (change) => {
      changeClock(world.clock, change);
      return clock();
    }),
  );
  app.get('/faults', (context) => context.json(world.faults.list()));
  app.post('/faults', (context) => withBody(context, faultOrderSchema, (order) => world.faults.add(order)));
  app.get('/faults/random', (context) => context.json(world.faults.struckAtRandom()));
  app.post('/faults/random', (context) => withBody(context, randomFaultsSchema, (order) => world.faults.strikeAtRandom(order)));
  app.delete('/faults', (context) => {
    world.faults.clear();
    return context.body(null, 204);
  });
  app.get('/settings', (context) => context.json(world.settings));
  app.post('/settings', (context) => withBody(context, settingsChangeSchema, (change) => world.changeSettings(change)));
}

function addActing(app: HttpApp, world: OpenedWorld, parts: ControlParts): void {
  app.post('/sync', async (context) => context.json(await parts.sync()));
  app.post('/tokens', (context) =>
    withBody(context, tokenOrderSchema, (order) => ('client' in order ? issueApiToken(world, order.client) : userToken(world, order.user))),
  );
  for (const [path, setWebhook] of [
    ['/hr/webhook', parts.setWebhook],
    ['/bamboo/webhook', parts.setBambooWebhook],
  ] as const)
    app.post(path, (context) =>
      withBody(context, webhookSchema, ({ url }) => {
        setWebhook(url);
        return { url };
      }),
    );
}

// What the control port was asked for and does not exist.
class NotThere extends Error {}

function userToken(world: OpenedWorld, user: string): Promise<IssuedToken> {
  if (!companyOf(world).inHr.some((person) => person.userPrincipalName === user))
    throw new NotThere(`user: nobody of the company is ${user}.`);
  return issueUserToken(world, user);
}

async function withBody<Schema extends z.ZodType>(
  context: HttpContext,
  schema: Schema,
  work: (body: z.infer<Schema>) => unknown,
): Promise<Response> {
  const body = await readBody(context);
  const checked = schema.safeParse(body.is === 'json' ? body.value : undefined);
  if (checked.success) return Response.json((await work(checked.data)) ?? null);
  return problem(context, 400, checked.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '));
}

function problem(context: HttpContext, status: 400 | 403 | 404 | 500, detail: string): Response {
  return context.json({ error: { detail } }, status);
}

function unknownSystem(context: HttpContext): Response {
  return problem(context, 404, 'The systems are graph, oci, directory, hr and bamboo.');
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
