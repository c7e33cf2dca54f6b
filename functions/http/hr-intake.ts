import type { HttpResponseInit } from '@azure/functions';
import { acceptEvents, type Acceptance, type Delivery, type EventAnswer } from '../../shared/operations/accept-events.ts';
import type { Product } from '../compose/compose.ts';
import { guarded, type Handler } from './api-route.ts';
import { problemResponse, type ProblemDetails } from './problem.ts';

/** `POST /api/hr/{source}`: takes HR events. Answers when they are kept, and tries for half a second to hand them on. */
export function hrIntake(product: Product): Handler {
  return guarded(product.operations.log, async (request, context) => {
    const delivery = {
      source: request.params['source'] ?? '',
      signature: request.headers.get('gatehouse-signature') ?? undefined,
      rawBody: new Uint8Array(await request.arrayBuffer()),
    };
    const acceptance = await ahead(product, () => takeIn(product, delivery));
    return respond(acceptance, context.invocationId);
  });
}

async function takeIn({ intake, prompt }: Product, delivery: Delivery): Promise<Acceptance> {
  const acceptance = await acceptEvents(intake, delivery);
  await prompt.offer(
    acceptance.events.flatMap((event) => (event.status === 'accepted' && event.inboxId !== undefined ? [event.inboxId] : [])),
  );
  return acceptance;
}

/** Somebody waits for the answer, and nobody for what else goes on. */
async function ahead<Result>({ intakeFirst }: Product, work: () => Promise<Result>): Promise<Result> {
  const leave = intakeFirst.enter();
  try {
    return await work();
  } finally {
    leave();
  }
}

function respond({ isBatch, events }: Acceptance, requestId: string): HttpResponseInit {
  const [event] = events;
  if (!isBatch && event !== undefined) return respondToOne(event, requestId);
  return { status: batchStatus(events), jsonBody: { requestId, events } };
}

function respondToOne(event: EventAnswer, requestId: string): HttpResponseInit {
  if (event.status === 'accepted') return { status: 202, jsonBody: { requestId, ...event } };
  if (event.status === 'duplicate') return { status: 200, jsonBody: { requestId, ...event } };
  return problemResponse(event.status === 'conflict' ? conflict(event, requestId) : invalid(event, requestId));
}

function conflict(event: EventAnswer, requestId: string): ProblemDetails {
  const detail = `The event ${event.id ?? ''} is known with another body. The first one counts; send the new facts under a new id.`;
  return {
    type: 'urn:gatehouse:error:event-conflict',
    title: 'Conflict',
    status: 409,
    code: 'event-conflict',
    detail,
    instance: `urn:uuid:${requestId}`,
  };
}

function invalid(event: EventAnswer, requestId: string): ProblemDetails {
  const errors = event.problems ?? [];
  const detail = `${errors.length === 1 ? 'One field is' : `${errors.length} fields are`} wrong: ${errors.map(({ field, problem }) => `${field} ${problem}`).join('; ')}.`;
  return {
    type: 'urn:gatehouse:error:input-invalid',
    title: 'The event is not valid',
    status: 400,
    code: 'input-invalid',
    detail,
    instance: `urn:uuid:${requestId}`,
    errors,
  };
}

/** A batch is answered by its best event; each event carries its own answer. */
function batchStatus(events: readonly EventAnswer[]): number {
  const has = (status: EventAnswer['status']) => events.some((event) => event.status === status);
  if (has('accepted')) return 202;
  if (has('duplicate')) return 200;
  return has('conflict') ? 409 : 400;
}
