import { parseRoute } from './parse-route.ts';
import type { RouteParameter, RouteSegment } from './parse-route.ts';

/** A compiled route. */
export type Route = {
  readonly template: string;
  /** The parameters of a path, decoded; `undefined` where the path does not fit. */
  match(path: string): Readonly<Record<string, string>> | undefined;
  /** Sorts routes: that which comes first is the more specific one. */
  readonly precedence: string;
  /** Whether there may be a path that fits both. */
  overlaps(other: Route): boolean;
  readonly segments: readonly RouteSegment[];
};

/**
 * Compiles a route template. Literals match without regard to case. The precedence is that of ASP.NET routing: segment by segment a literal, a
 * constrained parameter or a mixture, a parameter, a constrained rest, a rest (`RoutePrecedence.ComputeInbound`).
 * Throws `HostError` that names the function and the part that it cannot read.
 */
export function compileRoute(template: string, functionName: string): Route {
  const segments = parseRoute(template, functionName);
  return {
    template,
    segments,
    precedence: segments.map(rank).join(''),
    match: (path) => {
      const values = decode(path);
      return values && matchSegments(segments, values);
    },
    overlaps: (other) => overlap(segments, other.segments),
  };
}

function rank(segment: RouteSegment): string {
  const [first] = segment;
  if (segment.length > 1) return '2';
  if (typeof first !== 'object') return '1';
  const base = first.isCatchAll ? 5 : 3;
  return String(first.constraints.length > 0 ? base - 1 : base);
}

/** The decoded segments of a path; `undefined` where it is not well encoded. */
function decode(path: string): readonly string[] | undefined {
  try {
    return path.replace(/^\//, '').replace(/\/$/, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

type Values = Record<string, string>;

function matchSegments(segments: readonly RouteSegment[], given: readonly string[]): Values | undefined {
  const path = given.length === 1 && given[0] === '' ? [] : given;
  const values: Values = {};
  for (const [index, segment] of segments.entries()) {
    const [only] = segment;
    const isRest = typeof only === 'object' && only.isCatchAll;
    const value = isRest ? path.slice(index).join('/') : (path[index] ?? '');
    if (value === '' ? !matchNothing(segment, values) : !matchSegment(segment, value, values)) return undefined;
    if (isRest) return values;
  }
  return path.length > segments.length ? undefined : values;
}

/** A segment that the path does not have: its parameter takes its default, or is left out. */
function matchNothing(segment: RouteSegment, values: Values): boolean {
  const [only] = segment;
  if (segment.length > 1 || typeof only !== 'object') return false;
  if (only.fallback !== undefined) return take(only, only.fallback, values);
  return only.isOptional || only.isCatchAll;
}

function matchSegment(segment: RouteSegment, value: string, values: Values): boolean {
  const last = segment.at(-1);
  if (segment.length > 2 && typeof last === 'object' && last.isOptional)
    // The text before an optional parameter, such as the dot of {name}.{extension?}, goes with it.
    return matchMixture(segment, value, values) || matchMixture(segment.slice(0, -2), value, values);
  return matchMixture(segment, value, values);
}

function matchMixture(segment: RouteSegment, value: string, values: Values): boolean {
  const [only] = segment;
  if (segment.length === 1) return typeof only === 'object' ? take(only, value, values) : only?.toLowerCase() === value.toLowerCase();
  const pattern = segment.map((part) => (typeof part === 'string' ? escape(part) : '([^]+)')).join('');
  const found = new RegExp(`^${pattern}$`, 'i').exec(value);
  if (!found) return false;
  const parameters = segment.filter((part) => typeof part === 'object');
  return parameters.every((parameter, index) => take(parameter, found[index + 1] ?? '', values));
}

function take(parameter: RouteParameter, value: string, values: Values): boolean {
  if (!parameter.constraints.every((test) => test(value))) return false;
  values[parameter.name] = value;
  return true;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function overlap(one: readonly RouteSegment[], other: readonly RouteSegment[]): boolean {
  const [least, most] = [Math.max(required(one), required(other)), Math.min(longest(one), longest(other))];
  if (least > most) return false;
  return one.slice(0, least).every((segment, index) => segmentsOverlap(segment, other[index] ?? segment));
}

function required(segments: readonly RouteSegment[]): number {
  return segments.findLastIndex((segment) => !matchNothing(segment, {})) + 1;
}

function longest(segments: readonly RouteSegment[]): number {
  const last = segments.at(-1)?.[0];
  return typeof last === 'object' && last.isCatchAll ? Infinity : segments.length;
}

function segmentsOverlap(one: RouteSegment, other: RouteSegment): boolean {
  const literal = [one, other].find((segment) => segment.every((part) => typeof part === 'string'));
  return literal === undefined || matchSegment(literal === one ? other : one, literal.join(''), {});
}
