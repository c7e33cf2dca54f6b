import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { keyed } from '../../domain/schema/keyed.ts';
import type { Brake, Brakes } from '../brakes.ts';

const wrongWindow = 'must be an ISO 8601 duration in hours or minutes, such as PT24H';
const window = z.string({ error: wrongWindow }).transform((text, context) => {
  const milliseconds = text.startsWith('PT') ? durationOf(text) : 0;
  if (milliseconds > 0) return milliseconds;
  context.addIssue({ code: 'custom', message: wrongWindow });
  return z.NEVER;
});

const brake: z.ZodType<Brake> = keyed({
  atLeast: z.int().min(0),
  count: z.int().min(1),
  percent: z.number().min(0).max(100),
  window,
}).transform(({ window: windowMs, ...rest }) => ({ ...rest, windowMs }));

/** brakes.yaml: every effect has its brake. */
export const brakesFile: z.ZodType<{ readonly brakes: Brakes }> = keyed({
  brakes: keyed({
    create: brake,
    adopt: brake,
    enable: brake,
    reenable: brake,
    contain: brake,
    grant: brake,
    grantOne: brake,
    revoke: brake,
    revokeOne: brake,
    attribute: brake,
    destroy: brake,
    credential: brake,
    notify: brake,
  }),
});

function durationOf(text: string): number {
  try {
    return Temporal.Duration.from(text).total('milliseconds');
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}
