import type { SourceId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { EventKeeper } from '../keep-events.ts';
import { refusedEvent } from './take-events.ts';

/** Of what cannot be read so much is kept for people. */
const excerptBytes = 4000;

/** A delivery of a source, as it came. */
export type RawDelivery = { readonly source: SourceId; readonly rawBody: Uint8Array };

/** Keeps the start of a delivery that cannot be read among the rejected, and throws `input-invalid` with the reason. */
export async function refuseDelivery(keeper: EventKeeper, { source, rawBody }: RawDelivery, reason: string, now: number): Promise<never> {
  const text = new TextDecoder().decode(rawBody.subarray(0, excerptBytes));
  await keeper.keep({ events: [], refused: [refusedEvent(source, now, reason, text)] });
  throw new GatehouseError('input-invalid', reason);
}

/** A delivery's JSON; what is none is refused and kept. */
export async function readJson(keeper: EventKeeper, delivery: RawDelivery, now: number): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(delivery.rawBody));
  } catch (error) {
    const message = `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : 'unreadable'}.`;
    return refuseDelivery(keeper, delivery, message, now);
  }
}

/** Throws `body-too-large` beyond so many bytes. */
export function refuseLarge({ rawBody }: RawDelivery, mostBytes: number, instead: string): void {
  if (rawBody.byteLength <= mostBytes) return;
  throw new GatehouseError('body-too-large', `The body is ${rawBody.byteLength} bytes; at most ${mostBytes} are taken. ${instead}`);
}
