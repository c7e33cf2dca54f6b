import { HostError } from '../host-error.ts';

/** A compiled route: the parameters of a path (decoded) or `undefined`, and how specific the route is (higher wins). */
export type Route = { readonly match: (path: string) => Readonly<Record<string, string>> | undefined; readonly rank: string };

type Segment = { readonly pattern: string; readonly name: string | undefined; readonly rank: string };

/** Patterns of the inline constraints of ASP.NET routing (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints). */
const CONSTRAINTS: Readonly<Record<string, string>> = {
  int: '-?\\d+',
  long: '-?\\d+',
  bool: '(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])',
  alpha: '[A-Za-z]+',
  guid: '[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}',
  decimal: '-?\\d+(?:\\.\\d+)?',
  double: '-?\\d+(?:\\.\\d+)?',
  float: '-?\\d+(?:\\.\\d+)?',
  datetime: '[^/]+',
  required: '[^/]+',
};

/**
 * Compiles a route template of an HTTP trigger: literals, `{name}`, `{name:int}`, `{name?}`, `{*rest}`. Literals match without regard to case.
 * Throws `HostError` that names the function and the part that it cannot read.
 */
export function compileRoute(template: string, functionName: string): Route {
  const segments = template
    .split('/')
    .filter((part) => part !== '')
    .map((part) => segment(part, functionName));
  const expression = new RegExp(`^${segments.map(({ pattern }) => pattern).join('')}/?$`, 'i');
  const names = segments.flatMap(({ name }) => name ?? []);
  const match = (path: string): Readonly<Record<string, string>> | undefined => {
    const found = expression.exec(path);
    return found ? parameters(names, found) : undefined;
  };
  return { match, rank: segments.map(({ rank }) => rank).join('') };
}

function segment(part: string, functionName: string): Segment {
  const parameter = /^\{(\*{0,2})([A-Za-z_]\w*)((?::[^:{}?]+)*)(\?)?\}$/.exec(part);
  if (!parameter) {
    if (/[{}]/.test(part))
      throw new HostError(
        `Function "${functionName}": the route segment "${part}" is not understood. A segment is a literal, {name}, {name:int}, {name?} or {*rest}.`,
      );
    return { pattern: `/${part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}`, name: undefined, rank: '3' };
  }
  const [, star, name = '', constraints = '', optional] = parameter;
  if (star) return { pattern: '(?:/(.*))?', name, rank: '0' };
  const pattern = constraintPattern(constraints, functionName);
  return { pattern: optional ? `(?:/(${pattern}))?` : `/(${pattern})`, name, rank: constraints ? '2' : '1' };
}

function constraintPattern(constraints: string, functionName: string): string {
  const patterns = constraints
    .split(':')
    .filter((one) => one !== '')
    .map((one) => {
      const pattern = CONSTRAINTS[one] ?? lengthPattern(one) ?? regexPattern(one);
      if (!pattern)
        throw new HostError(
          `Function "${functionName}": the route constraint "${one}" is not known. Known are ${Object.keys(CONSTRAINTS).join(', ')}, length, minlength, maxlength and regex.`,
        );
      return pattern;
    });
  const [first = '[^/]+', ...others] = patterns;
  return others.map((other) => `(?=${other}(?:/|$))`).join('') + first;
}

function lengthPattern(constraint: string): string | undefined {
  const found = /^(length|minlength|maxlength)\((\d+)(?:,(\d+))?\)$/.exec(constraint);
  if (!found) return undefined;
  const [, kind, first, second] = found;
  if (kind === 'minlength') return `[^/]{${first},}`;
  return kind === 'maxlength' ? `[^/]{1,${first}}` : `[^/]{${first}${second ? `,${second}` : ''}}`;
}

function regexPattern(constraint: string): string | undefined {
  const found = /^regex\(\^?(.*?)\$?\)$/.exec(constraint);
  return found ? `(?:${found[1]})` : undefined;
}

function parameters(names: readonly string[], found: RegExpExecArray): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  try {
    names.forEach((name, index) => {
      const value = found[index + 1];
      if (value !== undefined && value !== '') values[name] = decodeURIComponent(value);
    });
    return values;
  } catch {
    return undefined;
  }
}
