import { textOf } from '../values/coerce.ts';
import type { RuntimeValue } from '../values/runtime-value.ts';
import { ValueProblem } from '../values/value-problem.ts';
import type { Argument, MappingFunction } from './mapping-function.ts';

/**
 * Replace(source, oldValue, regexPattern, regexGroupName, replacementValue, replacementAttribute, template), in its five documented modes.
 * Patterns are .NET's as far as JavaScript shares them; `${name}` and `$1` in a replacement stand for groups. Case-sensitive.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#replace
 */
export const replaceFunctions: Readonly<Record<string, MappingFunction>> = {
  Replace: { least: 2, most: 7, apply: (values) => replace(values) },
};

function replace([source, old, pattern, group, replacement, attribute, template]: readonly Argument[]): RuntimeValue {
  if (pattern !== undefined) {
    const regex = regexOf(textOf(pattern));
    if (attribute !== undefined) return textOf(source) === '' ? extract(textOf(attribute), regex, textOf(group)) : (source ?? null);
    if (source === undefined || source === null) return null;
    if (group !== undefined) return replaceGroup(textOf(source), regex, { group: textOf(group), by: textOf(replacement) });
    return textOf(source).replace(regex, (...match: readonly unknown[]) => expand(textOf(replacement), match));
  }
  if (old === undefined) throw new ValueProblem('Replace needs an old value or a pattern');
  if (template !== undefined)
    return source === undefined || source === null ? null : textOf(template).replaceAll(textOf(old), () => textOf(source));
  if (source === undefined || source === null) return null;
  return textOf(old) === '' ? textOf(source) : textOf(source).replaceAll(textOf(old), () => textOf(replacement));
}

function regexOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'gd');
  } catch {
    throw new ValueProblem(`"${pattern}" is not a regular expression that can be used here`);
  }
}

function extract(text: string, regex: RegExp, group: string): RuntimeValue {
  const match = regex.exec(text);
  return match?.groups?.[group] ?? match?.[1] ?? null;
}

function replaceGroup(text: string, regex: RegExp, { group, by }: { readonly group: string; readonly by: string }): string {
  let result = '';
  let last = 0;
  for (const match of text.matchAll(regex)) {
    const found = match.indices?.groups?.[group];
    if (!found) continue;
    result += text.slice(last, found[0]) + by;
    last = found[1];
  }
  return result + text.slice(last);
}

// String.replace hands over the match, its groups in order, the offset, the whole text, and the named groups if there are any.
function expand(replacement: string, match: readonly unknown[]): string {
  const named = match.at(-1);
  return replacement.replace(/\$(?:\{(\w+)\}|(\d+))/g, (written: string, braced: string | undefined, digits: string | undefined) => {
    const name = braced ?? digits ?? '';
    const found = /^\d+$/.test(name)
      ? match[Number(name)]
      : named !== null && typeof named === 'object' && Object.getOwnPropertyDescriptor(named, name)?.value;
    return typeof found === 'string' ? found : isGroup(name, named, match) ? '' : written;
  });
}

// A group that took no part in the match stands for nothing; a name that is no group stays as it is written.
function isGroup(name: string, named: unknown, match: readonly unknown[]): boolean {
  if (/^\d+$/.test(name)) return Number(name) < match.findIndex((part) => typeof part === 'number');
  return typeof named === 'object' && named !== null && name in named;
}
