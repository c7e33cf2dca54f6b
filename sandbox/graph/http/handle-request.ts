import { randomUUID } from 'node:crypto';
import { transaction } from '../../foundation/transaction.ts';
import { perform, type WireAnswer, type WireResult } from '../../foundation/wire.ts';
import type { World } from '../../foundation/world.ts';
import { checkAnswer, checkRequestBody } from '../contract/check-exchange.ts';
import { checkQuery } from '../contract/check-query.ts';
import { noteCall } from '../contract/note-call.ts';
import { matchOperation, type MatchedOperation, type Unmatched } from '../contract/match-operation.ts';
import { entityTypeOf } from '../odata/entity-properties.ts';
import { failureAnswer, type CallIdentity } from './failure-answer.ts';
import type { GraphAnswer, GraphCall, Operation, Operations } from './graph-call.ts';
import { badRequest, GraphFailure } from './graph-failure.ts';
import type { Quota } from './quota.ts';
import type { RawRequest } from './raw-request.ts';
import { requirePermission } from './require-permission.ts';
import { costOf, isRead } from './resource-units.ts';
import { countUsers } from '../store/count-users.ts';

/** What every call is handled with. */
export type Tenant = { readonly world: World; readonly operations: Operations; readonly quota: Quota };

/** Answers which application calls, or throws a `GraphFailure`. */
export type Admission = () => Promise<string>;

/** Handles one call of Graph: admission, quota, contract, the operation in one transaction, and the contract again for the answer.
 * Refusals come back in Graph's error format; an answer that breaks the contract is a 500 `sandboxContractViolation`, its work taken back. */
export function handleRequest(tenant: Tenant, request: RawRequest, admit: Admission): Promise<WireResult> {
  const { world, operations } = tenant;
  const matched = matchOperation(request.method, request.path);
  const operation = matched.is === 'operation' ? operations[matched.key] : undefined;
  noteCall({ ...request, body: 'value' in request.body ? request.body.value : undefined });
  const requestId = randomUUID();
  const identity: CallIdentity = { requestId, clientRequestId: request.headers.get('client-request-id') ?? requestId, now: world.now() };
  const call = {
    system: 'graph' as const,
    operation: operation?.name ?? 'unknown',
    kind: isRead(request.method, matched.is === 'operation' ? matched.template : '') ? ('read' as const) : ('write' as const),
    method: request.method,
    path: `/v1.0${request.path}${request.query.size === 0 ? '' : `?${request.query.toString()}`}`,
    ...('value' in request.body ? { body: request.body.value } : {}),
    requestId,
  };
  const named = (answer: WireAnswer): WireAnswer => ({
    ...answer,
    headers: { 'request-id': requestId, 'client-request-id': identity.clientRequestId, ...answer.headers },
  });
  return perform(world, call, {
    work: async () => named(await answered(tenant, { request, matched, operation, identity }, admit)),
    refuse: (refusal) =>
      named(
        failureAnswer(
          new GraphFailure(refusal.status, refusal.code ?? codeOf(refusal.status), refusal.message ?? 'The service refused the request.'),
          identity,
        ),
      ),
  });
}

type Attempt = {
  readonly request: RawRequest;
  readonly matched: MatchedOperation | Unmatched;
  readonly operation: Operation | undefined;
  readonly identity: CallIdentity;
};

async function answered(tenant: Tenant, attempt: Attempt, admit: Admission): Promise<WireAnswer> {
  try {
    const client = await admit();
    const { matched, operation } = attempt;
    if (matched.is !== 'operation') throw unmatched(matched, attempt.request);
    if (operation === undefined) throw new GraphFailure(501, 'notImplemented', `The sandbox does not play ${matched.key}.`);
    requirePermission(tenant.world, client, matched);
    return await work(tenant, attempt.request, matched, operation);
  } catch (error) {
    if (error instanceof GraphFailure) return failureAnswer(error, attempt.identity);
    throw error;
  }
}

async function work(tenant: Tenant, request: RawRequest, matched: MatchedOperation, operation: Operation): Promise<WireAnswer> {
  const { world, quota } = tenant;
  const cost = costOf(matched, request.query);
  const spent = cost === undefined || world.settings.graph.quota === 'none' ? {} : quota.spend(world, cost, countUsers(world));
  const call = fittingCall(world, request, matched, operation);
  await operation.before?.(call);
  const answer = transaction(world.database, () => {
    const result = operation.handle(call);
    requireFit(matched, result);
    return result;
  });
  return { ...answer, headers: { ...spent, ...answer.headers } };
}

function fittingCall(world: World, request: RawRequest, matched: MatchedOperation, operation: Operation): GraphCall {
  if (request.body.is === 'malformed' || request.body.is === 'form') {
    throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.');
  }
  const body = request.body.is === 'json' ? request.body.value : undefined;
  operation.precheck?.(body);
  const problems = [...checkQuery(matched.operation, request.query), ...checkRequestBody(matched, body)];
  if (problems.length > 0) throw badRequest(problems.join(' '));
  const { origin, path, query, headers } = request;
  return { world, parameters: matched.parameters, query, headers, body, origin, path, entityType: entityTypeOf(matched) };
}

function requireFit(matched: MatchedOperation, answer: GraphAnswer): void {
  const problems = checkAnswer(matched, answer.status, answer.body);
  if (problems.length > 0)
    throw new GraphFailure(500, 'sandboxContractViolation', `${matched.key} answered ${answer.status}: ${problems.join(' ')}`);
}

function unmatched(found: Unmatched, request: RawRequest): GraphFailure {
  if (found.is === 'unknownPath')
    return new GraphFailure(400, 'BadRequest', `Resource not found for the segment '${found.segment.split('/').at(-1) ?? ''}'.`);
  if (request.method === 'POST' && /^\/groups\/[^/]+\/(members|owners)$/.test(request.path)) {
    return new GraphFailure(400, 'BadRequest', 'Write requests are only supported on contained entities');
  }
  return new GraphFailure(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
}

const codes: Readonly<Record<number, string>> = {
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

function codeOf(status: number): string {
  return codes[status] ?? 'UnknownError';
}
