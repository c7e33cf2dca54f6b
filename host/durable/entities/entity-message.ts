import { z } from 'zod';

const lockTarget = z.object({ name: z.string(), key: z.string() });

const request = z.object({
  /** The operation; `null` in a lock request. */
  op: z.string().nullable(),
  signal: z.boolean().optional(),
  input: z.string().optional(),
  id: z.string(),
  parent: z.string().optional(),
  parentExecution: z.string().optional(),
  lockset: z.array(lockTarget).optional(),
  pos: z.number().optional(),
});

const release = z.object({ parent: z.string(), id: z.string() });

/** A request for an operation or, with a `lockset`, for a lock (extension, `EntityScheduler/RequestMessage.cs`); `input` is JSON. */
export type RequestMessage = Readonly<z.infer<typeof request>>;

/** Gives a lock back (extension, `EntityScheduler/ReleaseMessage.cs`). */
export type ReleaseMessage = Readonly<z.infer<typeof release>>;

/** A message to an entity under its event name. */
export type EntityMessage =
  | { readonly is: 'op'; readonly body: RequestMessage }
  | { readonly is: 'release'; readonly body: ReleaseMessage };

/** A message as it was written to the history or to the inbox of an entity. */
export function readEntityMessage(name: string, json: string): EntityMessage {
  const value: unknown = JSON.parse(json);
  return name === 'release' ? { is: 'release', body: release.parse(value) } : { is: 'op', body: request.parse(value) };
}
