import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { GatehouseError } from '../../shared/errors.ts';
import { acceptEvents, type Acceptance } from '../../shared/operations/accept-events.ts';
import { acceptNotices } from '../../shared/operations/intake/accept-notices.ts';
import type { EventAnswer } from '../../shared/operations/intake/take-events.ts';
import type { Product } from '../compose/compose.ts';
import { guarded, type Handler } from './api-route.ts';
import { batchStatus } from './batch-status.ts';
import { ahead, offer } from './intake-first.ts';
import { refuseStrangers } from './refuse-strangers.ts';
import { problemResponse, type ProblemDetails } from './problem.ts';

/** `POST /api/hr/{source}`: takes HR events. Answers when they are kept, and tries for half a second to hand them on. */
export function hrIntake(product: Product): Handler {
  return guarded(product.operations.log, async (request, context) => {
    const source = product.sourceOf(request.params['source'] ?? '');
    if (source !== undefined) refuseStrangers(product, request, source);
    const rawBody = new Uint8Array(await request.arrayBuffer());
    const acceptance = await ahead(product, () => takeIn(product, request, rawBody));
    return respond(acceptance, context.invocationId);
  });
}

async function takeIn(product: Product, request: HttpRequest, rawBody: Uint8Array): Promise<Acceptance> {
  const acceptance = await accept(product, request, rawBody);
  await offer(product, acceptance.events);
  return acceptance;
}

async function accept({ intake, sourceOf }: Product, request: HttpRequest, rawBody: Uint8Array): Promise<Acceptance> {
  const id = request.params['source'] ?? '';
  const source = sourceOf(id);
  const header = (name: string) => request.headers.get(name) ?? undefined;
  if (source?.kind === 'bamboohr') {
    const signed = { signature: header('x-bamboohr-signature'), timestamp: header('x-bamboohr-timestamp') };
    return acceptNotices(intake, source, { source: id, rawBody, ...signed });
  }
  if (source?.kind === 'csv')
    throw new GatehouseError('input-invalid', `The source “${id}” takes files of workers, at POST /api/hr/${id}/csv.`);
  return acceptEvents(intake, { source: id, signature: header('gatehouse-signature'), rawBody });
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
