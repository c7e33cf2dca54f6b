import { HostError } from '../../host-error.ts';
import { messageOf } from '../../message-of.ts';
import { ROUTE_CONSTRAINTS, routeConstraint } from './route-constraint.ts';
import type { RouteConstraint } from './route-constraint.ts';

/** A parameter of a route. */
export type RouteParameter = {
  readonly name: string;
  readonly isCatchAll: boolean;
  readonly isOptional: boolean;
  readonly fallback: string | undefined;
  readonly constraints: readonly RouteConstraint[];
};

/** One segment of a route: literal texts and parameters, in turn. */
export type RouteSegment = readonly (string | RouteParameter)[];

// A parameter ends at the first brace that is not doubled; a regular expression doubles its own.
const PART = /((?:[^{}]|\{\{|\}\})+)|\{((?:[^{}]|\{\{|\}\})+)\}/y;
const PARAMETER = /^(\*{0,2})([^:=?*(){}/]+)((?::[A-Za-z]+(?:\(.*?\)(?=:|=|\?$|$))?)*)(?:=([^?]*))?(\?)?$/;
const CONSTRAINT = /:([A-Za-z]+)(?:\((.*?)\)(?=:|$))?/g;

/**
 * Parses a route template of ASP.NET routing (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-templates): literals, `{name}`,
 * `{name:int}`, `{name?}`, `{name=value}`, `{*rest}`, and several of them in a segment.
 * Throws `HostError` that names the function and the part that it cannot read.
 */
export function parseRoute(template: string, functionName: string): readonly RouteSegment[] {
  const segments = splitSegments(template).map((text) => parseSegment(text, functionName));
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment.some((part) => typeof part !== 'string' && part.isCatchAll && (!isLast || segment.length > 1)))
      throw problem(functionName, template, 'a parameter that takes the rest must be the last segment, alone');
  });
  return segments;
}

function splitSegments(template: string): readonly string[] {
  // A slash inside of braces belongs to a regular expression.
  const found = template.match(/(?:\{(?:[^{}]|\{\{|\}\})*\}|[^/])+/g);
  return found ?? [];
}

function parseSegment(text: string, functionName: string): RouteSegment {
  const parts: (string | RouteParameter)[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const [, literal, parameter] = PART.exec(text) ?? [];
    if (literal !== undefined) parts.push(literal.replaceAll('{{', '{').replaceAll('}}', '}'));
    else if (parameter !== undefined) parts.push(parseParameter(parameter, functionName));
    else throw problem(functionName, text, 'its braces do not match');
  }
  if (parts.some((part, index) => typeof part !== 'string' && typeof parts[index + 1] === 'object'))
    throw problem(functionName, text, 'two parameters stand side by side without a text between them');
  return parts;
}

function parseParameter(text: string, functionName: string): RouteParameter {
  const found = PARAMETER.exec(text);
  if (!found) throw problem(functionName, `{${text}}`, 'a parameter is {name}, {name:int}, {name?}, {name=value} or {*rest}');
  const [, stars = '', name = '', constraints = '', fallback, optional] = found;
  if (fallback !== undefined && optional) throw problem(functionName, `{${text}}`, 'a parameter with a default is not optional as well');
  return {
    name,
    isCatchAll: stars !== '',
    isOptional: optional !== undefined,
    fallback,
    constraints: [...constraints.matchAll(CONSTRAINT)].map(([, key = '', argument = '']) => constraint(key, argument, functionName)),
  };
}

function constraint(name: string, argument: string, functionName: string): RouteConstraint {
  let found: RouteConstraint | undefined;
  try {
    found = routeConstraint(name, argument.replaceAll('{{', '{').replaceAll('}}', '}'));
  } catch (error) {
    throw problem(functionName, argument, messageOf(error));
  }
  if (found) return found;
  throw new HostError(
    `Function "${functionName}": the route constraint "${name}${argument && `(${argument})`}" is not known. Known are ${ROUTE_CONSTRAINTS.join(', ')}.`,
  );
}

function problem(functionName: string, part: string, reason: string): HostError {
  return new HostError(`Function "${functionName}": "${part}" in the route is not understood: ${reason}.`);
}
