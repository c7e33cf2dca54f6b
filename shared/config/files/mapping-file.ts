import { z } from 'zod';
import { chosen } from '../../domain/schema/chosen.ts';
import { keyed } from '../../domain/schema/keyed.ts';
import { systemId } from './patterns.ts';

const applies = z.enum(['always', 'create']).default('always');
const constant = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())], {
  error: 'must be text, a number, true, false or a list of texts',
});

/** An attribute as it is written: an expression, or a constant. */
export type AttributeEntry = {
  readonly applies: 'always' | 'create';
  readonly expression?: string | undefined;
  readonly value?: z.infer<typeof constant> | undefined;
};

const short: z.ZodType<AttributeEntry> = z.string().transform((expression) => ({ expression, applies: 'always' }));
const asExpression: z.ZodType<AttributeEntry> = keyed({ expression: z.string(), applies });
const asConstant: z.ZodType<AttributeEntry> = keyed({ value: constant, applies });

const attribute = chosen<AttributeEntry>((raw) => {
  if (typeof raw === 'string') return short;
  if (typeof raw !== 'object' || raw === null)
    return 'must be an expression in quotation marks, { expression, applies } or { value, applies }';
  return 'value' in raw ? asConstant : asExpression;
});
const name = keyed({ scheme: z.string(), also: z.record(z.string(), z.enum(['whole', 'local'])).default({}) });

/** A file of mappings/: one target's names and attributes. */
export const mappingFile = keyed({
  target: systemId,
  match: z.array(z.string()).optional(),
  names: z.record(z.string(), name),
  attributes: z.record(z.string(), attribute),
});
export type MappingFile = z.infer<typeof mappingFile>;
