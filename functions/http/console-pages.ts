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
import type { Product } from '../compose/compose.ts';
import type { Caller } from '../compose/token-check.ts';
import { allow, type Handler } from './api-route.ts';
import { auditPageOf } from './audit-page.ts';
import { htmlResponse, keepToken, pageRoute, publicPage, redirect } from './page-route.ts';
import { runsOf, runStates } from './read-routes.ts';

const home = '/console/runs';

type Page = { readonly name: string; readonly method: 'GET' | 'POST'; readonly route: string; readonly handler: Handler };

/** The console's pages by function name, each with its method and route. */
export function consolePages(product: Product): readonly Page[] {
  return [...readingPages(product), ...signInPages(product), ...passPages(product)];
}

function readingPages(product: Product): readonly Page[] {
  const read = (render: (request: HttpRequest) => Promise<string>) =>
    pageRoute(product, async (request, caller) => {
      allow(caller, 'reader');
      return render(request);
    });
  const { registry } = product.operations;
  return [
    { name: 'console', method: 'GET', route: 'console', handler: publicPage(product, () => Promise.resolve(redirect(home))) },
    { name: 'console-runs', method: 'GET', route: 'console/runs', handler: read((request) => runsPageOf(product, request)) },
    {
      name: 'console-run',
      method: 'GET',
      route: 'console/runs/{id}',
      handler: read(async (request) => runPage(await runView(registry, request.params['id'] ?? ''))),
    },
    {
      name: 'console-person',
      method: 'GET',
      route: 'console/people/{key}',
      handler: read(async (request) => personPage(await personView(product.operations, request.params['key'] ?? ''))),
    },
    { name: 'console-audit', method: 'GET', route: 'console/audit', handler: read((request) => auditPageOf(product, request)) },
    {
      name: 'console-holds',
      method: 'GET',
      route: 'console/holds',
      handler: read(async () => holdsPage(await registry.stores.holds.open(500))),
    },
  ];
}

function signInPages(product: Product): readonly Page[] {
  return [
    {
      name: 'console-sign-in',
      method: 'GET',
      route: 'console/sign-in',
      handler: publicPage(product, (request) =>
        Promise.resolve(htmlResponse(200, signInPage({ returnTo: returnTo(request.query.get('returnTo')) }))),
      ),
    },
    {
      name: 'console-signed-in',
      method: 'POST',
      route: 'console/sign-in',
      handler: publicPage(product, (request) => signIn(product, request)),
    },
    {
      name: 'console-sign-out',
      method: 'POST',
      route: 'console/sign-out',
      handler: publicPage(product, () => Promise.resolve(keepToken(undefined, '/console/sign-in', false))),
    },
  ];
}

function passPages(product: Product): readonly Page[] {
  return [
    {
      name: 'pass',
      method: 'GET',
      route: 'passes/{id}',
      handler: pageRoute(product, (request, caller) => passPageOf(product, request, caller)),
    },
    {
      name: 'pass-shown',
      method: 'POST',
      route: 'passes/{id}',
      handler: pageRoute(product, (request, caller) => shownPassOf(product, request, caller)),
    },
  ];
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
