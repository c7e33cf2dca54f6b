import rhea from 'rhea';
import type { Delivery } from 'rhea';
import type { Settlement } from '../broker/settle-message.ts';
import type { Refusal } from '../refusal.ts';
import { settleDelivery } from './link-internals.ts';

// Descriptor codes: AMQP 1.0, part 3, section 3.4 (outcomes) and part 2, section 2.8.14 (error).
const ACCEPTED = 0x24;
const REJECTED = 0x25;
const ERROR = 0x1d;

/** What a receiver's outcome asks for. The annotations of `modified` become application properties, as in Azure Service Bus. */
export function settlementOf(outcome: 'accepted' | 'released' | 'modified' | 'rejected', state: unknown): Settlement {
  if (outcome === 'accepted') return { is: 'complete' };
  if (outcome === 'released') return { is: 'abandon', properties: {} };
  if (outcome === 'rejected') return deadLettering(fieldOf(fieldOf(state, 'error'), 'info'));
  const properties = given(fieldOf(state, 'message_annotations'));
  return { is: fieldOf(state, 'undeliverable_here') === true ? 'defer' : 'abandon', properties };
}

/** Tells the receiver that its outcome has been carried out. */
export function confirmOutcome(delivery: Delivery): void {
  settleDelivery(delivery, rhea.types.wrap_described([], ACCEPTED));
}

/** Tells the receiver that its outcome has not been carried out. */
export function refuseOutcome(delivery: Delivery, refusal: Refusal): void {
  const error = rhea.types.wrap_described([rhea.types.wrap_symbol(refusal.condition), refusal.message], ERROR);
  alone(() => settleDelivery(delivery, rhea.types.wrap_described([error], REJECTED)));
}

/** Tells a sender that its message has been refused. */
export function refuseDelivery(delivery: Delivery, refusal: Refusal): void {
  alone(() => delivery.reject({ condition: refusal.condition, description: refusal.message }));
}

function alone(answer: () => void): void {
  // rhea joins adjacent dispositions of one tick into a range without comparing the first two: the second of two refusals
  // would be sent with the reasons of the first. So each gets a tick of its own.
  setImmediate(answer);
}

function deadLettering(info: unknown): Settlement {
  const { DeadLetterReason, DeadLetterErrorDescription, ...properties } = given(info);
  const cause = {
    reason: typeof DeadLetterReason === 'string' ? DeadLetterReason : undefined,
    description: typeof DeadLetterErrorDescription === 'string' ? DeadLetterErrorDescription : undefined,
    properties,
  };
  return { is: 'deadLetter', cause };
}

function given(properties: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([, value]) => value !== null && value !== undefined));
}

/** A field of a decoded composite, which rhea keeps behind an accessor of its prototype. */
function fieldOf(composite: unknown, name: string): unknown {
  return typeof composite === 'object' && composite !== null ? Reflect.get(composite, name) : undefined;
}
