import { randomUUID } from 'node:crypto';
import { perform, type Refusal } from '../../foundation/wire.ts';
import type { World } from '../../foundation/world.ts';
import type { ControllerName } from '../domain.ts';
import type { OperationContext, Session } from '../operations/session.ts';
import type { LdapMessage, LdapRequest } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { controllerStore } from '../store/controller-store.ts';
import { describeRequest, passwordsIn } from './describe-request.ts';
import { execute } from './execute.ts';

/** A request that is under way: the connection it came on, and whether the client has given it up. */
export type Exchange = {
  readonly world: World;
  readonly controller: ControllerName;
  readonly session: Session;
  readonly isAbandoned: () => boolean;
};

/** Does what a message asks, with the latency and the faults that the world demands. `cut` means that the connection is to be cut without an answer,
 * `garbled` that what is sent is no LDAP,
 * undefined that the client abandoned the request before it began, so that nothing was done and nothing is to be sent. */
export async function answerMessage(
  exchange: Exchange,
  message: LdapMessage,
  request: LdapRequest,
): Promise<Answer | 'cut' | 'garbled' | undefined> {
  const { world, controller, session } = exchange;
  for (const password of passwordsIn(request)) world.rememberSecret('directory', 'password', password);
  const { recycleBin: isRecycling, protectedWritable: mayWriteProtected } = world.settings.directory;
  const context: OperationContext = {
    controller,
    store: controllerStore(world, controller),
    session,
    controls: message.controls,
    isRecycling,
    mayWriteProtected,
  };
  let answer: Answer | undefined;
  const say = (next: Answer | undefined) => {
    answer = next;
    return { status: next?.result.code ?? 0, body: next === undefined ? { abandoned: true } : summary(next) };
  };
  const call = { system: 'directory' as const, requestId: randomUUID(), ...describeRequest(message, request, controller) };
  const result = await perform(world, call, {
    work: () => say(exchange.isAbandoned() ? undefined : execute(context, request)),
    refuse: (fault) => say(faultAnswer(fault)),
  });
  if (result === 'cut') return 'cut';
  return result.garbled === undefined ? answer : 'garbled';
}

function summary({ result, entries }: Answer): object {
  const message = result.message?.replace(/\n?\0$/, '');
  return { ...(message === undefined ? {} : { message }), ...(entries === undefined ? {} : { entries: entries.length }) };
}

// Faults may be ordered with an LDAP result code, or with the HTTP status that means the same.
const httpMeanings: Readonly<Record<number, number>> = { 401: 49, 403: 50, 404: 32, 409: 68, 429: 51, 503: 51, 504: 3 };
const largestResultCode = 123;
const other = 80;

function faultAnswer({ status, code, message }: Refusal): Answer {
  const result = status <= largestResultCode ? status : (httpMeanings[status] ?? other);
  return { result: { code: result, message: message ?? code ?? 'fault' } };
}
