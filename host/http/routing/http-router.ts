import { HostError } from '../../host-error.ts';
import { logLine } from '../../log-line.ts';
import { resolveSetting } from '../../settings/resolve-setting.ts';
import { triggerText } from '../../worker/app-registry.ts';
import type { AppFunction } from '../../worker/app-registry.ts';
import { compileRoute } from './route-template.ts';
import type { Route } from './route-template.ts';

/** Who may call an HTTP function. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** The function that a request is for, with the parameters of its route. */
export type RouteMatch = { readonly fn: AppFunction; readonly authLevel: AuthLevel; readonly parameters: Readonly<Record<string, string>> };

/** Finds the function for a method (upper case) and a path. */
export type HttpRouter = (method: string, path: string) => RouteMatch | undefined;

type Entry = { readonly fn: AppFunction; readonly authLevel: AuthLevel; readonly methods: ReadonlySet<string>; readonly route: Route };

/**
 * A router over HTTP functions. The more specific route wins; of equal ones the first by function name. A path whose method no function takes is
 * not found, as on Azure (404, not 405). A function that takes GET takes HEAD.
 * Throws `HostError` for a route that is not understood, is reserved, or belongs to two functions.
 */
export function createHttpRouter(functions: readonly AppFunction[], routePrefix: string): HttpRouter {
  const entries = functions.map((fn) => entry(fn, routePrefix));
  entries.sort((a, b) => compare(a.route.precedence, b.route.precedence) || compare(nameOf(a), nameOf(b)));
  checkOverlaps(entries);
  return (method, path) => {
    for (const { fn, authLevel, methods, route } of entries) {
      if (!methods.has(method)) continue;
      const parameters = route.match(path);
      if (parameters) return { fn, authLevel, parameters };
    }
    return undefined;
  };
}

/** The route of an HTTP function below the prefix: the function's name where it gives none. */
export function routeOf(fn: AppFunction): string {
  return resolveSetting(triggerText(fn, 'route', ''), fn.name).replace(/^\/+|\/+$/g, '') || fn.name;
}

function entry(fn: AppFunction, routePrefix: string): Entry {
  const route = routeOf(fn);
  // Azure refuses every route that begins so, also "administration", whatever the prefix (`ScriptHost.ValidateFunction`).
  if (route !== fn.name && /^(?:admin|runtime)/i.test(route))
    throw new HostError(
      `Function "${fn.name}": the route "${route}" begins with admin or runtime, which are reserved. Choose another one.`,
    );
  return {
    fn,
    authLevel: authLevelOf(fn),
    methods: methodsOf(fn),
    route: compileRoute(routePrefix ? `${routePrefix}/${route}` : route, fn.name),
  };
}

function authLevelOf(fn: AppFunction): AuthLevel {
  const level = triggerText(fn, 'authLevel', 'anonymous').toLowerCase();
  if (level === 'anonymous' || level === 'function' || level === 'admin') return level;
  throw new HostError(`Function "${fn.name}": the authLevel "${level}" is not known. Known are anonymous, function and admin.`);
}

function methodsOf(fn: AppFunction): ReadonlySet<string> {
  const { methods } = fn.trigger;
  const allowed = Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : ['GET', 'POST'];
  return new Set(allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed);
}

// Azure tries routes in the order of function names, not of precedence (https://github.com/Azure/azure-functions-host/issues/9876).
// Where that gives another function, it is said here, before it surprises there.
function checkOverlaps(entries: readonly Entry[]): void {
  entries.forEach((first, index) => {
    for (const second of entries.slice(index + 1)) {
      if (![...first.methods].some((method) => second.methods.has(method))) continue;
      if (first.route.template.toLowerCase() === second.route.template.toLowerCase())
        throw new HostError(
          `The functions "${first.fn.name}" and "${second.fn.name}" have the route "${first.route.template}" and a method in common. Give each its own.`,
        );
      if (nameOf(second) < nameOf(first) && first.route.overlaps(second.route)) warn(first, second);
    }
  });
}

function warn(first: Entry, second: Entry): void {
  logLine(
    'warning',
    'host',
    `"${first.route.template}" of "${first.fn.name}" fits "${second.route.template}" of "${second.fn.name}" too. This host calls "${first.fn.name}", the more specific one; Azure calls the first by name, "${second.fn.name}". Rename one, or add a constraint.`,
  );
}

function nameOf({ fn }: Entry): string {
  return fn.name.toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
