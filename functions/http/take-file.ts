import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { CsvConfig } from '../../shared/config/systems.ts';
import { readCsv } from '../../shared/connectors/csv/read-csv.ts';
import { GatehouseError } from '../../shared/errors.ts';
import { acceptFile, type FileAcceptance } from '../../shared/operations/intake/accept-file.ts';
import { refuseDelivery, refuseLarge } from '../../shared/operations/intake/refuse-delivery.ts';
import { signatureProblem } from '../../shared/operations/verify-signature.ts';
import type { Product } from '../compose/compose.ts';
import { allow, bearer, guarded, type Handler } from './api-route.ts';
import { batchStatus } from './batch-status.ts';
import { ahead, offer } from './intake-first.ts';
import { refuseStrangers } from './refuse-strangers.ts';

const mostBytes = 10_000_000;

/** `POST /api/hr/{source}/csv`: takes a file of workers from an operator, or signed by the source. Each line is answered on its own. */
export function takeFile(product: Product): Handler {
  return guarded(product.operations.log, async (request, context) => {
    const source = fileSource(product, request.params['source'] ?? '');
    const rawBody = new Uint8Array(await request.arrayBuffer());
    refuseLarge({ source: source.id, rawBody }, mostBytes, 'Split the file.');
    const actor = await senderOf(product, request, source, rawBody);
    const taken = await ahead(product, () => take(product, source, { rawBody, actor }));
    await offer(product, taken.rows);
    return respond(taken, context.invocationId);
  });
}

function fileSource({ sourceOf }: Product, id: string): CsvConfig {
  const source = sourceOf(id);
  if (source === undefined) throw new GatehouseError('not-found', `There is no source “${id}”. Sources are listed in config/sources.yaml.`);
  if (source.kind !== 'csv')
    throw new GatehouseError('input-invalid', `The source “${id}” takes no files: it is of kind ${source.kind}, and csv is needed.`);
  return source;
}

/** A source that has a secret may sign; everybody else needs an operator's token. */
async function senderOf(product: Product, request: HttpRequest, source: CsvConfig, rawBody: Uint8Array): Promise<string> {
  const signature = request.headers.get('gatehouse-signature');
  if (signature === null || source.webhookSecret === null) {
    const caller = await product.authenticate(bearer(request));
    allow(caller, 'operator');
    return caller.actor;
  }
  refuseStrangers(product, request, source);
  const { secrets, clock } = product.intake;
  const problem = signatureProblem(signature, rawBody, await secrets.read(source.webhookSecret), clock.now());
  if (problem !== undefined) throw new GatehouseError('signature-invalid', problem);
  return `source:${source.id}`;
}

type Sent = { readonly rawBody: Uint8Array; readonly actor: string };

async function take({ intake, operations }: Product, source: CsvConfig, { rawBody, actor }: Sent): Promise<FileAcceptance> {
  const hash = createHash('sha256').update(rawBody).digest('hex');
  try {
    return await acceptFile({ ...intake, registry: operations.registry }, source, { actor, hash, table: readCsv(rawBody) });
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.code !== 'input-invalid') throw error;
    return refuseDelivery(intake.keeper, { source: source.id, rawBody }, error.message, intake.clock.now());
  }
}

function respond({ rows, ...rest }: FileAcceptance, requestId: string): HttpResponseInit {
  return { status: batchStatus(rows), jsonBody: { requestId, ...rest, rows } };
}
