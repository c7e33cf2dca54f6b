import type { Entity } from './entity.ts';
import type { Engine } from './engine.ts';

/** A message has become available: those who may receive it are served before the next commit. */
export function wake(engine: Engine, entity: Entity, session: string | null): void {
  if (session === null || !entity.definition.requiresSession) {
    entity.feed.grown();
    for (const consumer of entity.consumers) engine.restless.add(consumer);
  } else {
    wakeSession(engine, entity, session);
  }
  engine.commits.schedule();
}

function wakeSession(engine: Engine, entity: Entity, session: string): void {
  const held = entity.sessions.find(session);
  if (held === undefined) {
    entity.sessions.offer(session);
    engine.awaited.add(entity);
    return;
  }
  held.feed.grown();
  held.owner.wake();
}
