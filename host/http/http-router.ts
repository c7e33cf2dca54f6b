import { triggerText } from '../worker/app-registry.ts';
import type { AppFunction, AppRegistry } from '../worker/app-registry.ts';
import { resolveSetting } from '../settings/resolve-setting.ts';
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
 * A router over the HTTP functions of an app. The more specific route wins, segment by segment: literal, constrained
 * parameter, parameter, rest. A path whose method no function takes is not found, as on Azure (404, not 405).
 */
export function createHttpRouter(app: AppRegistry, routePrefix: string): HttpRouter {
  const entries = [...app.functions.values()].filter((fn) => fn.triggerType === 'httptrigger').map((fn) => entry(fn, routePrefix));
  entries.sort((a, b) => (a.route.rank < b.route.rank ? 1 : a.route.rank > b.route.rank ? -1 : 0));
  return (method, path) => {
    for (const { fn, authLevel, methods, route } of entries) {
      if (!methods.has(method)) continue;
      const parameters = route.match(path);
      if (parameters) return { fn, authLevel, parameters };
    }
    return undefined;
  };
}

function entry(fn: AppFunction, routePrefix: string): Entry {
  const { methods } = fn.trigger;
  const template = resolveSetting(triggerText(fn, 'route', fn.name), fn.name);
  const allowed = Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : ['GET', 'POST'];
  const level = triggerText(fn, 'authLevel', 'anonymous').toLowerCase();
  return {
    fn,
    authLevel: level === 'function' || level === 'admin' ? level : 'anonymous',
    methods: new Set(allowed),
    route: compileRoute(routePrefix ? `${routePrefix}/${template}` : template, fn.name),
  };
}
