import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';

/**
 * An object schema that refuses keys it does not know. The message of an `unrecognized_keys` issue has one line for each key of `issue.keys`, in their
 * order, naming the nearest key and all that are allowed.
 */
export function keyed<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const allowed = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(key, allowed)).join('\n') : undefined),
  });
}

function unknownKey(key: string, allowed: readonly string[]): string {
  return `unknown key "${key}".${didYouMean(key, allowed)} Allowed here: ${allowed.join(', ')}`;
}
