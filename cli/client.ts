import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What the API refused, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  /** What is wrong with each of those who were named, where the API says so. */
  readonly errors: readonly { readonly field: string; readonly problem: string }[];
  constructor(message: string, status: number, errors: Refusal['errors'] = []) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.errors = errors;
  }
}

export type Client = {
  /** Waits half a minute for the answer, or as long as is said. */
  get(path: string, timeoutMs?: number): Promise<unknown>;
  /** Sends JSON, and waits half a minute for the answer, or as long as is said. */
  post(path: string, body: unknown, timeoutMs?: number): Promise<unknown>;
  /** Sends a file. An answer that goes through its lines is one, even where none of them was taken. */
  upload(path: string, bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<unknown>;
};

type Call = {
  readonly timeoutMs: number;
  readonly method?: string;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly contentType?: string;
};

/** Speaks to the API at GATEHOUSE_PUBLIC_URL (else this machine's own) with GATEHOUSE_TOKEN, else the token that `npm start` left in the data folder. */
export function createClient(environment: NodeJS.ProcessEnv): Client {
  const base = environment['GATEHOUSE_PUBLIC_URL'] ?? `http://127.0.0.1:${environment['PORT'] ?? '7071'}`;
  const call = async (path: string, { timeoutMs, contentType, ...init }: Call): Promise<Response> => {
    const token = environment['GATEHOUSE_TOKEN'] ?? (await localToken(environment));
    const headers = { ...(contentType === undefined ? {} : { 'Content-Type': contentType }), Authorization: `Bearer ${token}` };
    return fetch(new URL(path, base), { ...init, headers, signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'TimeoutError')
        throw new Refusal(`Gatehouse at ${base} has not answered within ${Math.round(timeoutMs / 1000)} s.`, 0);
      throw new Refusal(
        `Nothing answers at ${base}. Is Gatehouse running (npm start)? Another address is set with GATEHOUSE_PUBLIC_URL.`,
        0,
      );
    });
  };
  return {
    async get(path, timeoutMs = 30_000) {
      const response = await call(path, { timeoutMs });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok && !isAnswer(body)) throw refusalOf(response, body);
      return body;
    },
    async post(path, sent, timeoutMs = 30_000) {
      const response = await call(path, { method: 'POST', body: JSON.stringify(sent), contentType: 'application/json', timeoutMs });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw refusalOf(response, body);
      return body;
    },
    async upload(path, bytes, contentType) {
      const response = await call(path, { method: 'POST', body: bytes, contentType, timeoutMs: 120_000 });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok && !isAnswer(body)) throw refusalOf(response, body);
      return body;
    },
  };
}

const withErrors = z.object({ errors: z.array(z.object({ field: z.string(), problem: z.string() })) });

function refusalOf(response: Response, body: unknown): Refusal {
  const { data } = withErrors.safeParse(body);
  return new Refusal(detailOf(body) ?? `The API answered ${response.status}.`, response.status, data?.errors);
}

/** Lines of a file none of which was taken, and health when it is bad, come with an error's status and are answers all the same. */
function isAnswer(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('rows' in body || 'dependencies' in body);
}

async function localToken(environment: NodeJS.ProcessEnv): Promise<string> {
  const path = join(environment['GATEHOUSE_DATA_DIR'] ?? '.gatehouse', 'token');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    throw new Refusal(`There is no token in ${path}. Start Gatehouse with npm start, or set GATEHOUSE_TOKEN.`, 0);
  }
}

function detailOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string' ? body.detail : undefined;
}
