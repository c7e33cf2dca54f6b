import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const event = z.looseObject({
  EventType: z.number(),
  EventId: z.number(),
  Timestamp: z.string(),
  Name: z.string().optional(),
  Input: z.string().nullish(),
  FireAt: z.string().optional(),
});
const row = z.object({ key: z.number(), id: z.string(), input: z.string().nullable(), output: z.string().nullable(), status: z.string() });

/** The history of one instance of run-workflow, as a host kept it. */
export const recordedHistory = z.object({
  instanceId: z.string(),
  status: z.string(),
  input: z.unknown(),
  output: z.unknown(),
  events: z.array(event),
});
export type RecordedHistory = z.infer<typeof recordedHistory>;

/** The histories of all instances in a host's SQLite file. */
export function readHistories(file: string): readonly RecordedHistory[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const instances = z.array(row).parse(database.prepare('SELECT key, id, input, output, status FROM instance ORDER BY key').all());
    const pieces = database.prepare('SELECT events FROM history WHERE instance_key = ? ORDER BY episode');
    return instances.map(({ key, id, input, output, status }) => ({
      instanceId: id,
      status,
      input: JSON.parse(input ?? 'null'),
      output: JSON.parse(output ?? 'null'),
      events: pieces.all(key).flatMap(({ events }) => z.array(event).parse(JSON.parse(String(events)))),
    }));
  } finally {
    database.close();
  }
}
