import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const quota = z.enum(['published', 'none']);
const systemName = z.enum(['graph', 'oci', 'directory', 'scim', 'hr', 'bamboo']);
const milliseconds = z.number().int().nonnegative();
const percent = z.number().min(0).max(100);

/** Body of `POST /faults`. */
export const faultOrderSchema = z.strictObject({
  system: systemName,
  operation: z.string().min(1),
  object: z.string().min(1).exactOptional(),
  nth: z.number().int().min(1).default(1),
  times: z.number().int().min(1).default(1),
  phase: z.enum(['before', 'after']).default('before'),
  effect: z.union([
    z.strictObject({
      status: z.number().int().min(400).max(599),
      code: z.string().exactOptional(),
      message: z.string().exactOptional(),
      retryAfter: z.number().nonnegative().exactOptional(),
    }),
    z.strictObject({ reset: z.literal(true) }),
    z.strictObject({ malformed: z.literal(true) }),
    z.strictObject({ delayMs: milliseconds }),
  ]),
});

/** Body of `POST /faults/random`. */
export const randomFaultsSchema = z.strictObject({
  percent,
  seed: z.number().int(),
  systems: z.array(systemName).min(1).exactOptional(),
});

const notificationSettings = z.strictObject({
  dropPercent: percent.optional(),
  duplicatePercent: percent.optional(),
  delayMs: milliseconds.optional(),
  shuffle: z.boolean().optional(),
  seed: z.number().int().optional(),
  paused: z.boolean().optional(),
});

/** Body of `POST /settings`. */
export const settingsChangeSchema = z.strictObject({
  latencyMs: z.partialRecord(systemName, milliseconds).optional(),
  graph: z
    .strictObject({
      replicationDelayMs: milliseconds.optional(),
      quota: quota.optional(),
      privilegedWritable: z.boolean().optional(),
      permissions: z.union([z.literal('all'), z.array(z.string())]).optional(),
      handsPermissions: z.union([z.literal('all'), z.array(z.string())]).optional(),
      notifications: notificationSettings.optional(),
    })
    .optional(),
  oci: z.strictObject({ quota: quota.optional() }).optional(),
  directory: z
    .strictObject({
      recycleBin: z.boolean().optional(),
      replicationDelayMs: milliseconds.optional(),
      unreachable: z.array(z.enum(['dc1', 'dc2'])).optional(),
      protectedWritable: z.boolean().optional(),
    })
    .optional(),
  cloudSync: z.strictObject({ intervalMs: milliseconds.min(10).optional(), paused: z.boolean().optional() }).optional(),
});

const duration = z.string().transform((text, check) => {
  try {
    return Temporal.Duration.from(text);
  } catch {
    check.addIssue('must be an ISO 8601 duration, for example P14D or PT90M');
    return z.NEVER;
  }
});

/** Body of `POST /clock`. */
export const clockChangeSchema = z.union(
  [
    z.strictObject({ advance: duration }),
    z.strictObject({ set: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)) }),
    z.strictObject({ reset: z.literal(true) }),
  ],
  {
    error:
      'must be {"advance": an ISO 8601 duration such as "P14D"}, {"set": an instant such as "2026-12-01T08:00:00Z"} or {"reset": true}',
  },
);

/** Body of `POST /tokens`: a client of Gatehouse's own API, or somebody of the sample company who signs in as themselves. */
export const tokenOrderSchema = z.union([
  z.strictObject({ client: z.enum(['operator', 'reader', 'approver', 'config', 'admin']) }),
  z.strictObject({ user: z.string().min(1) }),
]);

/** Body of `POST /hr/webhook`. */
export const webhookSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }) });

/** The system named in a path. */
export const systemNameSchema = systemName;
