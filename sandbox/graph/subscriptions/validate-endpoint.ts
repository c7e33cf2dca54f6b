import { randomUUID } from 'node:crypto';
import type { World } from '../../foundation/world.ts';
import { GraphFailure } from '../http/graph-failure.ts';

const answerWithinMs = 10_000;

/** The handshake: the endpoint must answer a POST with `?validationToken=…` by 200 and the decoded token as plain text within 10 s, else 400 `ValidationError`
 * (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation). A fault on `notifications.validate` keeps it from being sent. */
export async function validateEndpoint(world: World, address: string): Promise<void> {
  if (world.faults.take('graph', 'notifications.validate', address) !== undefined) throw invalid('The request did not arrive.');
  // Spaces arrive as plus signs and the rest percent-encoded, so that only a decoded token matches; markup shows whoever escapes it.
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()} <&+é>`;
  const url = new URL(address);
  url.searchParams.set('validationToken', token);
  const { status, mediaType, text } = await post(url);
  if (status !== 200) throw invalid('Notification endpoint must respond with 200 OK to validation request.');
  if (!mediaType.startsWith('text/plain')) throw invalid('Notification endpoint must respond with content type text/plain.');
  if (text !== token) throw invalid('Response must exactly match validationToken query parameter.');
}

async function post(url: URL): Promise<{ readonly status: number; readonly mediaType: string; readonly text: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return { status: response.status, mediaType: response.headers.get('content-type') ?? '', text: await response.text() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') throw invalid('Subscription validation request timed out.');
    throw invalid('Notification endpoint could not be reached.');
  }
}

function invalid(problem: string): GraphFailure {
  return new GraphFailure(400, 'ValidationError', `Subscription validation request failed. ${problem}`);
}
