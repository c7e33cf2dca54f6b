import { z } from 'zod';
import { workerSchema } from '../../domain/worker.ts';
import type { HrSource, SourcedWorker } from '../../ports/hr-source.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const sourced = workerSchema.extend({ revision: z.number().int().nullish(), updatedAt: z.string().nullish() });
const page = z.object({ workers: z.array(sourced), nextCursor: z.string().nullish() });
const pageSize = '500';

/** Workers of a system that speaks the generic HR format (docs/sandbox.md, HR wire format). A record that breaks the format throws `target-answer-invalid`, naming the field. */
export function createGenericHrSource(api: Api): HrSource {
  return {
    worker: (workerId, signal) => foundOrUndefined(readWorker(api, workerId, signal)),
    all: (signal) => allWorkers(api, signal),
  };
}

async function readWorker(api: Api, workerId: string, signal: AbortSignal): Promise<SourcedWorker> {
  const reply = await api.read({ method: 'GET', path: `/hr/v1/workers/${encodeURIComponent(workerId)}` }, signal);
  return toSourced(parseReply(api.system, reply, sourced));
}

async function* allWorkers(api: Api, signal: AbortSignal): AsyncIterable<SourcedWorker> {
  for (let cursor: string | null | undefined = ''; cursor != null;) {
    const path = withQuery('/hr/v1/workers', { limit: pageSize, ...(cursor === '' ? {} : { cursor }) });
    const { workers, nextCursor }: z.infer<typeof page> = parseReply(api.system, await api.read({ method: 'GET', path }, signal), page);
    yield* workers.map(toSourced);
    cursor = nextCursor;
  }
}

function toSourced({ revision, updatedAt, ...worker }: z.infer<typeof sourced>): SourcedWorker {
  return { worker, revision: revision ?? null, updatedAt: updatedAt ?? null };
}
