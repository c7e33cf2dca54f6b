import type { Connection, Message, Sender } from 'rhea';

/** The links over which clients await the answers to their requests, by connection and reply address. */
export class Replies {
  readonly #links = new WeakMap<Connection, Map<string, Sender>>();

  /** A link asks for answers: to its target's address, or, if it has none, to its name. */
  add(link: Sender): void {
    const links = this.#links.get(link.connection) ?? new Map<string, Sender>();
    links.set(link.target?.address ?? link.name, link);
    links.set(link.name, link);
    this.#links.set(link.connection, links);
  }

  remove(link: Sender): void {
    const links = this.#links.get(link.connection);
    for (const [address, other] of links ?? []) {
      if (other === link) links?.delete(address);
    }
  }

  /** Sends the answer to a request; an answer nobody awaits any more is dropped. */
  send(connection: Connection, request: Message, reply: Pick<Message, 'application_properties' | 'body'>): void {
    const link = this.#links.get(connection)?.get(request.reply_to ?? '');
    if (link === undefined || !link.is_open()) return;
    // Absent fields must be left out: rhea encodes what is there.
    link.send({ ...reply, ...(request.message_id === undefined ? {} : { correlation_id: request.message_id }) });
  }
}
