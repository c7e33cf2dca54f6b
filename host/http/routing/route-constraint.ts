/** Whether a value of a route parameter (decoded) is acceptable. */
export type RouteConstraint = (value: string) => boolean;

type Factory = (argument: string) => RouteConstraint | undefined;

const NUMBER = /^[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)$/;
const FLOAT = /^(?:[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|NaN|-?Infinity)$/i;
const GUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[{(][0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[})])$/i;

const FACTORIES: Readonly<Record<string, Factory>> = {
  int: plain((value) => isWhole(value, 31n)),
  long: plain((value) => isWhole(value, 63n)),
  bool: plain((value) => /^(?:true|false)$/i.test(value.trim())),
  guid: plain((value) => GUID.test(value.trim())),
  decimal: plain((value) => NUMBER.test(value.trim())),
  double: plain((value) => FLOAT.test(value.trim())),
  float: plain((value) => FLOAT.test(value.trim())),
  datetime: plain(isDate),
  alpha: plain((value) => /^[a-z]*$/i.test(value)),
  required: plain((value) => value !== ''),
  file: plain(isFile),
  nonfile: plain((value) => !isFile(value)),
  length: counted((value, low, high = low) => value.length >= low && value.length <= high),
  minlength: counted((value, low) => value.length >= low),
  maxlength: counted((value, high) => value.length <= high),
  min: counted((value, low) => isWhole(value, 63n) && Number(value) >= low),
  max: counted((value, high) => isWhole(value, 63n) && Number(value) <= high),
  range: counted((value, low, high = low) => isWhole(value, 63n) && Number(value) >= low && Number(value) <= high),
  regex: (argument) => {
    const expression = new RegExp(argument, 'i');
    return (value) => expression.test(value);
  },
};

/** The names of the inline constraints (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints). */
export const ROUTE_CONSTRAINTS: readonly string[] = Object.keys(FACTORIES);

/** The constraint of this name; `undefined` where there is none, or its argument is wrong. Throws for a regular expression that is none. */
export function routeConstraint(name: string, argument: string): RouteConstraint | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(FACTORIES, key) ? FACTORIES[key]?.(argument) : undefined;
}

function plain(test: RouteConstraint): Factory {
  return (argument) => (argument === '' ? test : undefined);
}

function counted(test: (value: string, first: number, second?: number) => boolean): Factory {
  return (argument) => {
    const [first, second] = argument.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (first === undefined || Number.isNaN(first) || Number.isNaN(second ?? 0)) return undefined;
    return (value) => test(value, first, second);
  };
}

function isWhole(value: string, bits: bigint): boolean {
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return false;
  const number = BigInt(value.trim().replace(/^\+/, ''));
  return number >= -(1n << bits) && number < 1n << bits;
}

// A bare number is a month to Date.parse, but no date to .NET; "7:32pm" is a time to .NET only.
function isDate(value: string): boolean {
  return /\d[-/.:]|[a-z] ?\d/i.test(value) && !Number.isNaN(Date.parse(value.replace(/(\d)([ap]m)$/i, '$1 $2')));
}

function isFile(value: string): boolean {
  const name = value.slice(value.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot >= 0 && dot < name.length - 1;
}
