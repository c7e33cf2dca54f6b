import { schemaChange } from './schema-change.ts';

const statements = [
  `alter table inbox add column traceparent text`,
  `alter table outbox add column traceparent text`,
  `alter table run add column traceparent text`,
] as const;

/** The trace that events, their messages and runs belong to, so that it goes on however much later they are taken up. */
export const traceMigration = schemaChange(statements);
