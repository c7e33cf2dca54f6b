import { randomUUID } from 'node:crypto';
import { perform, type WireAnswer, type WireResult } from '../../foundation/wire.ts';
import { checkRequestBody } from '../contract/check-exchange.ts';
import { noteCall } from '../contract/note-call.ts';
import { matchOperation } from '../contract/match-operation.ts';
import { checkBatch, type BatchItem } from './check-batch.ts';
import { failureAnswer } from './failure-answer.ts';
import { badRequest, GraphFailure } from './graph-failure.ts';
import { handleRequest, type Admission, type Tenant } from './handle-request.ts';
import type { RawRequest } from './raw-request.ts';

type ItemAnswer = {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Handles `POST /$batch`. Every item is a call of its own, with its own record, faults and quota; an item that depends on a failed one gets 424.
 * Recorded as a read: its items count for themselves. */
export function handleBatch(tenant: Tenant, request: RawRequest, admit: Admission): Promise<WireResult> {
  const requestId = randomUUID();
  const identity = { requestId, clientRequestId: request.headers.get('client-request-id') ?? requestId, now: tenant.world.now() };
  const body = request.body.is === 'json' ? request.body.value : undefined;
  noteCall({ method: 'POST', path: '/$batch', query: request.query, body });
  const call = {
    system: 'graph' as const,
    operation: 'batch',
    kind: 'read' as const,
    method: 'POST',
    path: '/v1.0/$batch',
    body,
    requestId,
  };
  const refuse = (failure: GraphFailure): WireAnswer => ({
    ...failureAnswer(failure, identity),
    headers: { ...failure.headers, 'request-id': requestId },
  });
  return perform(tenant.world, call, {
    work: async () => {
      try {
        const client = await admit();
        return {
          status: 200,
          headers: { 'request-id': requestId },
          body: { responses: await answerItems(tenant, { ...request, client }, itemsOf(body)) },
        };
      } catch (error) {
        if (error instanceof GraphFailure) return refuse(error);
        throw error;
      }
    },
    refuse: (refusal) =>
      refuse(new GraphFailure(refusal.status, refusal.code ?? 'UnknownError', refusal.message ?? 'The service refused the request.')),
  });
}

function itemsOf(body: unknown): readonly BatchItem[] {
  const matched = matchOperation('POST', '/$batch');
  const problems = matched.is === 'operation' ? checkRequestBody(matched, body) : [];
  if (problems.length > 0) throw badRequest(problems.join(' '));
  // The contract has just vouched for the shape.
  return checkBatch((body as { readonly requests: readonly BatchItem[] }).requests);
}

type Outer = RawRequest & { readonly client: string };

async function answerItems(tenant: Tenant, outer: Outer, items: readonly BatchItem[]): Promise<readonly ItemAnswer[]> {
  const answers = new Map<string, Promise<ItemAnswer>>();
  const answer = async (item: BatchItem): Promise<ItemAnswer> => {
    const before = await Promise.all((item.dependsOn ?? []).flatMap((id) => answers.get(id.toLowerCase()) ?? []));
    return before.some(({ status }) => status >= 400) ? failedDependency(item.id) : answerItem(tenant, outer, item);
  };
  const order = [
    ...items.filter(({ dependsOn = [] }) => dependsOn.length === 0),
    ...items.filter(({ dependsOn = [] }) => dependsOn.length > 0),
  ];
  for (const item of order) answers.set(item.id.toLowerCase(), answer(item));
  // The service promises no order; backwards shows a client that relies on one.
  return (await Promise.all(answers.values())).toReversed();
}

async function answerItem(tenant: Tenant, outer: Outer, item: BatchItem): Promise<ItemAnswer> {
  const url = new URL(item.url.replace(/^\/?/, '/'), 'https://graph.microsoft.com');
  const result = await handleRequest(
    tenant,
    {
      method: item.method,
      origin: outer.origin,
      path: url.pathname,
      query: url.searchParams,
      headers: new Headers(item.headers ?? {}),
      body: item.body === undefined ? { is: 'none' } : { is: 'json', value: item.body },
    },
    () => Promise.resolve(outer.client),
  );
  // One connection carries the whole batch, so a cut one shows as a failed item.
  if (result === 'cut')
    return { id: item.id, status: 504, headers: {}, body: { error: { code: 'GatewayTimeout', message: 'The request was lost.' } } };
  const { status, headers = {}, body = result.garbled } = result;
  return {
    id: item.id,
    status,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  };
}

function failedDependency(id: string): ItemAnswer {
  return {
    id,
    status: 424,
    headers: { 'Content-Type': 'application/json' },
    body: { error: { code: 'FailedDependency', message: 'Failed dependency' } },
  };
}
