import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { holdsPage } from '../../console/holds-page.ts';
import { passPage } from '../../console/pass-page.ts';
import { personPage } from '../../console/person-page.ts';
import { runPage } from '../../console/run-page.ts';
import { runsPage } from '../../console/runs-page.ts';
import { signInPage } from '../../console/sign-in-page.ts';
import { GatehouseError } from '../../shared/errors.ts';
import { personView } from '../../shared/operations/person-view.ts';
import { lookAtPass, type PassCaller, revealPass } from '../../shared/operations/reveal-pass.ts';
import { runView } from '../../shared/operations/run-view.ts';
import type { AppFunction } from '../app-function.ts';
import type { Product } from '../compose/compose.ts';
import type { Caller } from '../compose/token-check.ts';
import { allow, type Handler } from './api-route.ts';
import { auditPageOf } from './audit-page.ts';
import { htmlResponse, keepToken, pageRoute, publicPage, redirect } from './page-route.ts';
import { runsOf, runStates } from './read-routes.ts';

const home = '/console/runs';

const read =
  (render: (product: Product, request: HttpRequest) => Promise<string>) =>
  (product: Product): Handler =>
    pageRoute(product, async (request, caller) => {
      allow(caller, 'reader');
      return render(product, request);
    });

/** The console's pages for whoever may read. */
export const readingPages: readonly AppFunction[] = [
  page('console', 'GET', 'console', (product) => publicPage(product, () => Promise.resolve(redirect(home)))),
  page('console-runs', 'GET', 'console/runs', read(runsPageOf)),
  page(
    'console-run',
    'GET',
    'console/runs/{id}',
    read(async ({ operations }, request) => runPage(await runView(operations.registry, request.params['id'] ?? ''))),
  ),
  page(
    'console-person',
    'GET',
    'console/people/{key}',
    read(async ({ operations, looks }, request) => personPage(await personView(operations, looks, request.params['key'] ?? ''))),
  ),
  page('console-audit', 'GET', 'console/audit', read(auditPageOf)),
  page(
    'console-holds',
    'GET',
    'console/holds',
    read(async ({ operations }) => holdsPage(await operations.registry.stores.holds.open(500))),
  ),
];

/** Where a browser is given its token, and loses it. */
export const signInPages: readonly AppFunction[] = [
  page('console-sign-in', 'GET', 'console/sign-in', (product) =>
    publicPage(product, (request) => Promise.resolve(htmlResponse(200, signInPage({ returnTo: returnTo(request.query.get('returnTo')) })))),
  ),
  page('console-signed-in', 'POST', 'console/sign-in', (product) => publicPage(product, (request) => signIn(product, request))),
  page('console-sign-out', 'POST', 'console/sign-out', (product) =>
    publicPage(product, () => Promise.resolve(keepToken(undefined, '/console/sign-in', false))),
  ),
];

/** Where a manager is shown a pass, once. */
export const passPages: readonly AppFunction[] = [
  page('pass', 'GET', 'passes/{id}', (product) => pageRoute(product, (request, caller) => passPageOf(product, request, caller))),
  page('pass-shown', 'POST', 'passes/{id}', (product) => pageRoute(product, (request, caller) => shownPassOf(product, request, caller))),
];

function page(name: string, method: 'GET' | 'POST', route: string, handler: (product: Product) => Handler): AppFunction {
  return { on: 'http', name, method, route, handler };
}

async function runsPageOf(product: Product, request: HttpRequest): Promise<string> {
  const runs = await runsOf(product, request);
  const last = runs.at(-1);
  const state = runStates.find((name) => name === request.query.get('state'));
  const narrowed = state === undefined ? {} : { state };
  const next =
    runs.length === 100 && last !== undefined ? { next: `${home}?${new URLSearchParams({ ...narrowed, after: last.id }).toString()}` } : {};
  return runsPage({ runs, ...narrowed, ...next });
}

async function signIn(product: Product, request: HttpRequest): Promise<HttpResponseInit> {
  const form = new URLSearchParams(await request.text());
  const token = form.get('token')?.trim() ?? '';
  const to = returnTo(form.get('returnTo'));
  try {
    await product.authenticate(token);
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.code !== 'unauthenticated') throw error;
    return htmlResponse(401, signInPage({ returnTo: to, problem: error.message }));
  }
  return keepToken(token, to, new URL(request.url).protocol === 'https:');
}

/** Only a path of this site: whoever signs in is never sent elsewhere. */
function returnTo(wanted: string | null): string {
  return wanted !== null && /^\/(?![/\\])[\w/.-]*$/.test(wanted) ? wanted : home;
}

async function passPageOf(product: Product, request: HttpRequest, caller: Caller): Promise<string> {
  const id = request.params['id'] ?? '';
  const { displayName, gone } = await lookAtPass(product.operations, id, passCaller(caller));
  return gone === undefined
    ? passPage({ is: 'ready', displayName, action: `/passes/${encodeURIComponent(id)}` })
    : passPage({ is: 'gone', displayName, reason: gone });
}

async function shownPassOf(product: Product, request: HttpRequest, caller: Caller): Promise<string> {
  return passPage({ is: 'shown', ...(await revealPass(product.operations, request.params['id'] ?? '', passCaller(caller))) });
}

function passCaller({ actor, oid, roles }: Caller): PassCaller {
  return { actor, oid, isOperator: roles.has('operator') || roles.has('admin') };
}
