import { z } from 'zod';

/**
 * A schema that looks at the raw value first and then checks it against the one schema that is meant, so that a mistake is reported against what the
 * author was writing and not against every alternative. `choose` answers with a sentence where nothing fits.
 */
export function chosen<Out>(choose: (raw: unknown) => z.ZodType<Out> | string): z.ZodType<Out> {
  return z.unknown().transform((raw, context): Out => {
    const schema = choose(raw);
    if (typeof schema === 'string') {
      context.addIssue({ code: 'custom', message: schema });
      return z.NEVER;
    }
    const result = schema.safeParse(raw, { reportInput: true });
    if (result.success) return result.data;
    // A finished issue is a raw one whose message is already written; zod's types do not say so.
    for (const issue of result.error.issues) context.issues.push(issue as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}
