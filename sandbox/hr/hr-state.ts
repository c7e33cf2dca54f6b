import type { World } from '../foundation/world.ts';
import { eventStates, webhookUrl } from './event-queue.ts';

/** What HR holds: workers, work contacts, and its outgoing events with what became of them. */
export function hrState(world: World): unknown {
  const { database } = world;
  const json = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => JSON.parse(String(row['json'])) as unknown);
  return {
    workers: json('SELECT worker AS json FROM hr_workers ORDER BY worker_id'),
    workContacts: json('SELECT contact AS json FROM hr_work_contacts ORDER BY worker_id'),
    webhook: webhookUrl(database, 'hr') ?? null,
    events: eventStates(database, 'hr'),
  };
}
