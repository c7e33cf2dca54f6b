// Preloaded by node24.mjs into the process that it starts: ends that process when its parent is gone, even after SIGKILL,
// because the operating system then closes the IPC channel. https://nodejs.org/docs/latest-v24.x/api/process.html#event-disconnect
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const GRACE_MS = 5_000;
const EXIT_CODE_OF_SIGTERM = 143;

if (isMainThread && process.channel) {
  // fork() hands process.execArgv on; grandchildren answer to their own parent and must not inherit this preload.
  const own = process.execArgv.findIndex((argument) => argument.endsWith('end-with-parent.mjs'));
  if (own > 0) process.execArgv.splice(own - 1, 2);
  process.once('disconnect', end);
  // Listening refers the channel, which would keep a process alive that has nothing left to do.
  process.channel.unref();
}

function end() {
  if (process.listenerCount('SIGTERM') === 0) process.exit(EXIT_CODE_OF_SIGTERM);
  setTimeout(() => process.exit(EXIT_CODE_OF_SIGTERM), GRACE_MS).unref();
  process.emit('SIGTERM', 'SIGTERM');
}
