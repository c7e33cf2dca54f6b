import type { Delivery, Sender } from 'rhea';

/**
 * The parts of a sending link that rhea 3.0.5 keeps to itself and a broker cannot do without: its credit, its settle modes,
 * the moment its attach is answered, and drain. This is the only file that knows them.
 */
interface SenderInternals {
  credit: number;
  delivery_count: number;
  _draining: boolean;
  _drained: boolean;
  _get_drain: () => boolean;
  issue_flow: boolean;
  readonly state: { local_open: boolean; open_requests: number };
  readonly local: { readonly attach: Record<string, unknown> };
  readonly session: {
    readonly outgoing: { readonly next_delivery_id: number; readonly next_pending_delivery: number; available(): number };
  };
}

function internals(link: Sender): SenderInternals {
  // The type declarations leave these members out; the shapes above are those of rhea/lib/link.js and session.js.
  return link as unknown as SenderInternals;
}

/** How many messages the peer takes now: its credit, unless earlier ones still wait for its window. */
export function sendingCapacity(link: Sender): number {
  const {
    credit,
    session: { outgoing },
  } = internals(link);
  if (!link.is_open() || outgoing.next_pending_delivery < outgoing.next_delivery_id) return 0;
  return Math.min(credit, outgoing.available());
}

/**
 * Settles a delivery for good. The receiver has left the last word to us (receiver settle mode "second") and will not
 * say that it has settled too; rhea would wait for that, and stall after 2,048 deliveries.
 */
export function settleDelivery(delivery: Delivery, state: unknown): void {
  delivery.update(true, state);
  const inner: { remote_settled: boolean } = delivery;
  inner.remote_settled = true;
}

/** Puts off the answer to the peer's attach, which rhea would send at the end of this tick; `link.open()` sends it. */
export function holdAttach(link: Sender): void {
  const { state } = internals(link);
  state.local_open = false;
  state.open_requests = 0;
}

/** Sets what the answer to the peer's attach says besides the source: the settle modes that were asked for, and properties. */
export function describeAttach(link: Sender, properties: Readonly<Record<string, unknown>>): void {
  const { attach } = internals(link).local;
  attach['snd_settle_mode'] = link.snd_settle_mode;
  attach['rcv_settle_mode'] = link.rcv_settle_mode;
  attach['properties'] = properties;
}

/**
 * Ends a drain the peer asked for: the credit left is used up and a flow says so (AMQP 1.0, part 2, section 2.6.7). rhea
 * leaves out the drain flag when the messages have used up the credit, and the peer would wait for it in vain.
 */
export function completeDrain(link: Sender): void {
  const inner = internals(link);
  if (!inner._draining) return;
  inner._get_drain = () => {
    if (!inner._draining) return false;
    inner.delivery_count += inner.credit;
    inner.credit = 0;
    inner._draining = false;
    return true;
  };
  inner._drained = true;
  inner.issue_flow = true;
  link.connection['_register']();
}
