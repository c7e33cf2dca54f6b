import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';

const characterClass = z
  .string()
  .refine(isCharacterClass, { error: "must be the inside of a regular expression's character class, such as a-z0-9.-" });

const scheme = keyed({
  scope: z.string().min(1).optional(),
  within: z.string().min(1).optional(),
  base: z.string().min(1),
  spelling: z.enum(['ascii', 'as-written']),
  characters: characterClass.optional(),
  maxLength: z.int().min(8).max(256),
  suffix: z.string().default(''),
  onCollision: z.enum(['number', 'parentheses']),
});

/** names.yaml. */
export const namesFile = keyed({
  names: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'must be letters, digits and dashes' }), scheme),
});

function isCharacterClass(text: string): boolean {
  try {
    return new RegExp(`^[^${text}]$`, 'u').test('\u0000');
  } catch {
    return false;
  }
}
