import type { AppFunction } from '../../worker/app-registry.ts';
import { sendJson } from '../http-exchange.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { readBody } from '../read-body.ts';

const NOT_RUN_BY_HAND: ReadonlySet<string> = new Set(['httptrigger', 'orchestrationtrigger', 'entitytrigger', 'activitytrigger']);

/**
 * Answers `POST /admin/functions/{name}` with a body such as `{"input": "…"}`: the function is run, and 202 says so at once
 * (https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http).
 */
export async function runByHand(runNow: (fn: AppFunction, input: string) => void, fn: AppFunction, exchange: HttpExchange): Promise<void> {
  const { request, response } = exchange;
  if (NOT_RUN_BY_HAND.has(fn.triggerType))
    return sendJson(response, 400, {
      message: `Function "${fn.name}" has a ${fn.triggerType} and cannot be run by hand. Use its route, or the durable HTTP API.`,
    });
  const input = inputOf((await readBody(request))?.toString('utf8') ?? '');
  if (input === undefined) return sendJson(response, 400, { message: 'The body must be JSON such as {"input": ""}.' });
  runNow(fn, input);
  sendJson(response, 202);
}

function inputOf(body: string): string | undefined {
  if (body.trim() === '') return '';
  try {
    const parsed: unknown = JSON.parse(body);
    const input: unknown = typeof parsed === 'object' && parsed !== null && 'input' in parsed ? parsed.input : '';
    return typeof input === 'string' ? input : JSON.stringify(input);
  } catch {
    return undefined;
  }
}
