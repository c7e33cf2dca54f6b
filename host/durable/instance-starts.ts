import { sendJson } from '../http/http-exchange.ts';
import { answerArgument, answerError } from './answer-error.ts';
import type { ApiCall } from './api-call.ts';
import { checkStatusUrls } from './client-urls.ts';
import { restartInstance, startInstance } from './commands.ts';
import { answerStatus } from './instance-queries.ts';
import { jsonBody } from './json-body.ts';
import { Query } from './query.ts';
import { shownJson } from './shown-json.ts';
import { waitForEnd } from './wait-for-end.ts';

/** `POST orchestrators/{name}/{id?}`: 202 with the addresses of the new instance; 400 for an unknown function, a bad id or no JSON; 409 where the id is taken. */
export async function startOrchestration(call: ApiCall, name: string, id: string | undefined): Promise<true> {
  const { hub, exchange } = call;
  const body = await jsonBody(exchange.request);
  if (body === 'too large') return answerError(exchange.response, 413, 'The body is too large');
  if (body === 'invalid') return answerError(exchange.response, 400, 'Invalid JSON content');
  const version = new Query(exchange.url).text('version');
  const outcome = await startInstance(hub, { name, id, version, input: body === 'empty' ? null : body.text });
  if (outcome.is === 'started') return answerStarted(call, outcome.id);
  return answerError(exchange.response, outcome.is === 'exists' ? 409 : 400, outcome.message);
}

/** `POST instances/{id}/restart`: as a start; 400 for an id that is not there, 409 where its own id is to be used and has not ended. */
export async function restart(call: ApiCall, id: string): Promise<true> {
  const { hub, exchange } = call;
  const outcome = await restartInstance(hub, id, new Query(exchange.url).flag('restartWithNewInstanceId') ?? true);
  const message = 'InstanceId does not match a valid orchestration instance.';
  if (outcome === 'missing') return answerArgument(exchange.response, `An orchestration with the instanceId ${id} was not found.`, message);
  if (outcome.is === 'started') return answerStarted(call, outcome.id);
  if (outcome.is === 'exists') return answerError(exchange.response, 409, 'A non-terminal instance with this instance ID already exists.');
  return answerArgument(exchange.response, outcome.message, message);
}

/** Answers at once, or, where `timeout` and `pollingInterval` are given (in seconds), when the instance has ended: with its output, or its state where it did not complete. */
async function answerStarted(call: ApiCall, id: string): Promise<true> {
  const { hub, address, exchange } = call;
  const { response, url } = exchange;
  const query = new Query(url);
  const [timeoutMs, intervalMs] = [query.seconds('timeout'), query.seconds('pollingInterval')];
  if (timeoutMs !== undefined && intervalMs !== undefined) {
    if (intervalMs > timeoutMs)
      return answerError(response, 400, `Total timeout ${timeoutMs / 1000} should be bigger than retry timeout ${intervalMs / 1000}`);
    const ended = await waitForEnd(hub, id, { timeoutMs, intervalMs }, () => !response.destroyed);
    if (ended?.status === 'Completed') {
      sendJson(response, 200, shownJson(ended.output));
      return true;
    }
    if (ended) return answerStatus(hub, exchange, id);
  }
  const urls = checkStatusUrls(address, id);
  sendJson(response, 202, urls, { location: urls['statusQueryGetUri'] ?? '', 'retry-after': '10' });
  return true;
}
