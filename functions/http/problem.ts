import type { HttpResponseInit } from '@azure/functions';
import type { FieldProblem } from '../../shared/domain/field-problems.ts';
import { type ErrorCode, GatehouseError } from '../../shared/errors.ts';
import { PeopleProblems } from '../../shared/operations/on-demand/people-problems.ts';

/** The HTTP status of each error code that can reach a caller; all others are 500. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'input-invalid': 400,
  'signature-invalid': 401,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'target-not-found': 404,
  ambiguous: 409,
  'event-conflict': 409,
  'plan-differs': 409,
  'wrong-state': 409,
  'body-too-large': 413,
  busy: 503,
  'store-unavailable': 503,
  'target-unreachable': 503,
  'target-unavailable': 503,
  'target-throttled': 503,
};

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Who you are is not proved',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  500: 'Something went wrong inside Gatehouse',
  503: 'Not available now',
};

export type ProblemDetails = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly FieldProblem[];
};

/** An error as problem details (RFC 9457). What nobody foresaw shows only the request's id. */
export function problemOf(error: unknown, requestId: string): ProblemDetails {
  const known = error instanceof GatehouseError ? error : undefined;
  const code = known?.code ?? 'internal';
  const status = statuses[code] ?? 500;
  const detail = known?.message ?? 'The log has it under this request’s id.';
  const errors = error instanceof PeopleProblems ? { errors: error.problems.map(({ who, problem }) => ({ field: who, problem })) } : {};
  return {
    type: `urn:gatehouse:error:${code}`,
    title: titles[status] ?? 'Error',
    status,
    code,
    detail,
    instance: `urn:uuid:${requestId}`,
    ...errors,
  };
}

/** The problem as a response. */
export function problemResponse(problem: ProblemDetails): HttpResponseInit {
  const retry: Record<string, string> = problem.status === 503 ? { 'Retry-After': '5' } : {};
  const challenge: Record<string, string> = problem.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
  return {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...retry, ...challenge },
    body: JSON.stringify(problem),
  };
}
