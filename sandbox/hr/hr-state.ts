import type { World } from '../foundation/world.ts';
import { webhookUrl } from './event-queue.ts';

/** What HR holds: workers, work contacts, and its outgoing events with what became of them. */
export function hrState(world: World): unknown {
  const { database } = world;
  const json = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => JSON.parse(String(row['json'])) as unknown);
  const events = database.prepare('SELECT sequence, worker_id, body, state, attempts, result FROM hr_events ORDER BY sequence').all();
  return {
    workers: json('SELECT worker AS json FROM hr_workers ORDER BY worker_id'),
    workContacts: json('SELECT contact AS json FROM hr_work_contacts ORDER BY worker_id'),
    webhook: webhookUrl(database) ?? null,
    events: events.map(({ worker_id: workerId, body, ...rest }) => ({ ...rest, workerId, event: JSON.parse(String(body)) as unknown })),
  };
}
