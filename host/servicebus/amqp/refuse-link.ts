import type { Receiver, Sender } from 'rhea';
import type { Refusal } from '../refusal.ts';

/** Answers an attach, if it has not been answered, and ends the link at once with the reason (AMQP 1.0, part 2, section 2.6.3). */
export function refuseLink(link: Sender | Receiver, refusal: Refusal): void {
  link.open();
  link.close({ condition: refusal.condition, description: refusal.message });
}
