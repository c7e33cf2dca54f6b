import { z } from 'zod';

/** Any text that is not empty. */
export const someText: z.ZodString = z.string({ error: 'has no value' }).min(1);

/** The path of a folder or a file. */
export const folderOrFile: z.ZodString = someText.describe('a path');

/** An address of HTTP. */
export const url: z.ZodURL = z.url({ protocol: /^https?$/, error: 'is no address that begins with https:// or http://' });

/** One address, or several with commas between. */
export function addresses(protocol: RegExp) {
  const one = z.url({ protocol, error: 'has an entry that is no address, or of another kind' });
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.tuple([one], one));
}

/** A whole number within bounds, written in digits. */
export function wholeNumber(least: number, most: number) {
  const error = `has to be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }));
}

/** A share from 0 to 1, as a decimal number. */
export const share = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/, { error: 'has to be a number from 0 to 1, such as 0.25' })
  .transform(Number);
