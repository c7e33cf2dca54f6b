import rhea from 'rhea';
import type { Delivery } from 'rhea';
import type { Settlement } from '../broker/settle-message.ts';
import type { Refusal } from '../refusal.ts';

// Descriptor codes: AMQP 1.0, part 3, section 3.4 (outcomes) and part 2, section 2.8.14 (error).
const ACCEPTED = 0x24;
const REJECTED = 0x25;
const ERROR = 0x1d;

/** What a receiver's outcome asks for. The annotations of `modified` become application properties, as in Azure Service Bus. */
export function settlementOf(outcome: 'accepted' | 'released' | 'modified' | 'rejected', state: unknown): Settlement {
  if (outcome === 'accepted') return { is: 'complete' };
  if (outcome === 'released') return { is: 'abandon', properties: {} };
  const fields = asRecord(state);
  if (outcome === 'rejected') return deadLettering(asRecord(fields['error']));
  const properties = given(asRecord(fields['message_annotations']));
  return { is: fields['undeliverable_here'] === true ? 'defer' : 'abandon', properties };
}

/** Tells the receiver that its outcome has been carried out. */
export function confirmOutcome(delivery: Delivery): void {
  delivery.update(true, rhea.types.wrap_described([], ACCEPTED));
}

/** Tells the receiver that its outcome has not been carried out. */
export function refuseOutcome(delivery: Delivery, refusal: Refusal): void {
  const error = rhea.types.wrap_described([rhea.types.wrap_symbol(refusal.condition), refusal.message], ERROR);
  alone(() => delivery.update(true, rhea.types.wrap_described([error], REJECTED)));
}

/** Tells a sender that its message has been refused. */
export function refuseDelivery(delivery: Delivery, refusal: Refusal): void {
  alone(() => delivery.reject({ condition: refusal.condition, description: refusal.message }));
}

function alone(answer: () => void): void {
  // rhea joins adjacent dispositions of one tick into a range without comparing the first two: a refusal next to an
  // acceptance would be sent as another acceptance. So each refusal gets a tick of its own.
  setImmediate(answer);
}

function deadLettering(error: Readonly<Record<string, unknown>>): Settlement {
  const { DeadLetterReason, DeadLetterErrorDescription, ...properties } = given(asRecord(error['info']));
  const cause = {
    reason: typeof DeadLetterReason === 'string' ? DeadLetterReason : undefined,
    description: typeof DeadLetterErrorDescription === 'string' ? DeadLetterErrorDescription : undefined,
    properties,
  };
  return { is: 'deadLetter', cause };
}

function given(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
