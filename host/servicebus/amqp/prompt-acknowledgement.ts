import type { Socket } from 'node:net';

/** An AMQP frame without a body, allowed at any time once a connection is open (AMQP 1.0, part 2, section 2.4.5). */
const EMPTY_FRAME = Buffer.from([0, 0, 0, 8, 2, 0, 0, 0]);

/**
 * Answers what asks for no answer with an empty frame. The client library leaves Nagle's algorithm on (RFC 896): its next
 * small frame waits until TCP has acknowledged the last one, and the system puts a bare acknowledgement off (RFC 1122,
 * section 4.2.3.2; 40 ms on Linux) unless there is something to send.
 */
export function acknowledgePromptly(socket: Socket): void {
  socket.on('data', () => {
    const before = socket.bytesWritten;
    setImmediate(() => {
      if (socket.writable && socket.bytesWritten === before) socket.write(EMPTY_FRAME);
    });
  });
}
