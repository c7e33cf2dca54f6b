import type { z } from 'zod';

/** A request for JSON, and the shape of its answer. */
export type JsonCall<Out> = {
  readonly url: string;
  readonly answer: z.ZodType<Out>;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly body?: unknown;
  readonly token?: string;
};

const timeoutMs = 15_000;

/** Calls and checks the answer. Throws with the address, the status and the start of the answer where it is not a success. */
export async function callJson<Out>({ url, answer, method = 'GET', body, token }: JsonCall<Out>): Promise<Out> {
  const headers: Record<string, string> = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, headers, ...content, signal: AbortSignal.timeout(timeoutMs) });
  const text = await response.text();
  if (!response.ok) throw new CallRefused(`${method} ${url} answered ${response.status}: ${text.slice(0, 300)}`, response.status);
  return answer.parse(JSON.parse(text));
}

/** An answer that was no success. */
export class CallRefused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'CallRefused';
    this.status = status;
  }
}
