import { sendJson } from '../http/http-exchange.ts';
import { answerError, answerInvalidOperation } from './answer-error.ts';
import type { ApiCall } from './api-call.ts';
import { raiseEvent, resumeInstance, rewindInstance, suspendInstance, terminateInstance } from './commands.ts';
import type { CommandOutcome } from './commands.ts';
import { jsonBody } from './json-body.ts';
import { Query } from './query.ts';

/** The commands by the word that stands for them in a path. */
const COMMANDS = new Map([
  ['terminate', terminateInstance],
  ['suspend', suspendInstance],
  ['resume', resumeInstance],
]);

/** `POST instances/{id}/terminate|suspend|resume`: 202, 404, 410 for an instance that has ended, 500 where its state does not allow it; false for any other operation. */
export async function command({ hub, exchange }: ApiCall, id: string, operation: string): Promise<boolean> {
  const run = COMMANDS.get(operation);
  if (!run) return false;
  const outcome = await run(hub, id, new Query(exchange.url).text('reason'));
  if (outcome.is !== 'refused') return answer(exchange.response, outcome.is);
  return answerInvalidOperation(
    exchange.response,
    `Cannot ${operation} the orchestration instance ${id} because instance is in the ${outcome.status} state.`,
  );
}

/** `POST instances/{id}/rewind`: 202, 404, 412 for an instance that has not failed. */
export async function rewind({ hub, exchange }: ApiCall, id: string): Promise<true> {
  const outcome = await rewindInstance(hub, id, new Query(exchange.url).text('reason'));
  if (outcome.is === 'accepted') return answer(exchange.response, 'accepted');
  const isMissing = outcome.is !== 'refused';
  sendJson(
    exchange.response,
    isMissing ? 404 : 412,
    isMissing
      ? `No orchestration with instance ID "${id}" found.`
      : `This orchestration has status ${outcome.status}, but only orchestrations in the "Failed" state can be rewound.`,
  );
  return true;
}

/** `POST instances/{id}/raiseEvent/{name}`: 202, 404, 410 for an instance that has ended, 400 for a body that is not JSON or does not say so. */
export async function raise({ hub, exchange }: ApiCall, id: string, name: string): Promise<true> {
  const { request, response } = exchange;
  if (!hub.instances.find(id)) return answer(response, hub.context.rows.find(id) ? 'ended' : 'missing');
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') return answerError(response, 400, 'Only application/json request content is supported');
  const body = await jsonBody(request);
  if (body === 'too large') return answerError(response, 413, 'The body is too large');
  if (typeof body === 'string') return answerError(response, 400, 'Invalid JSON content');
  const outcome = await raiseEvent(hub, id, name, body.text);
  return answer(response, outcome.is === 'refused' ? 'ended' : outcome.is);
}

const STATUS = { accepted: 202, missing: 404, ended: 410 } as const;

function answer(response: ApiCall['exchange']['response'], is: Exclude<CommandOutcome['is'], 'refused'>): true {
  sendJson(response, STATUS[is]);
  return true;
}
