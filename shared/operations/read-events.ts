import { type FieldProblem, fieldProblems } from '../domain/field-problems.ts';
import { type HrEvent, hrEventSchema } from '../domain/hr-event.ts';
import { unstorableText } from '../domain/unstorable-text.ts';
import { workerSchema } from '../domain/worker.ts';

/** An event as it was read: good, or with all that is wrong with it. Unknown fields are only warned of. */
export type ReadEvent =
  | { readonly is: 'good'; readonly event: HrEvent; readonly warnings: readonly FieldProblem[] }
  | { readonly is: 'bad'; readonly id: string | undefined; readonly problems: readonly FieldProblem[] };

const farthestAheadMs = 5 * 60_000;

/** Reads one event, naming every bad field at once. */
export function readEvent(raw: unknown, now: number): ReadEvent {
  const result = hrEventSchema.safeParse(raw);
  const id = idOf(raw);
  if (!result.success) return { is: 'bad', id, problems: fieldProblems(result.error, raw) };
  const event = result.data;
  const unstorable = unstorableText(event);
  if (unstorable.length > 0) return { is: 'bad', id, problems: unstorable };
  if (Date.parse(event.occurredAt) > now + farthestAheadMs) {
    return { is: 'bad', id, problems: [{ field: 'occurredAt', problem: 'is more than five minutes ahead of now' }] };
  }
  return { is: 'good', event, warnings: unknownFields(raw) };
}

function unknownFields(raw: unknown): readonly FieldProblem[] {
  const event = objectOf(raw);
  const worker = objectOf(event['worker']);
  const { shape } = workerSchema;
  return [
    ...beyond(event, hrEventSchema.shape, ''),
    ...beyond(worker, shape, 'worker.'),
    ...beyond(objectOf(worker['name']), shape.name.shape, 'worker.name.'),
    ...beyond(objectOf(worker['location']), shape.location.unwrap().unwrap().shape, 'worker.location.'),
    ...beyond(objectOf(worker['leave']), shape.leave.unwrap().unwrap().shape, 'worker.leave.'),
  ];
}

function beyond(given: Readonly<Record<string, unknown>>, known: object, prefix: string): readonly FieldProblem[] {
  const unknown = Object.keys(given).filter((name) => !(name in known));
  return unknown.map((name) => ({
    field: prefix + name,
    problem: 'is not known and was ignored; send your own fields under worker.custom',
  }));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function idOf(raw: unknown): string | undefined {
  const id = objectOf(raw)['id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
