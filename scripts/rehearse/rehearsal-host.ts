// The product's host for a rehearsal: its durable timers follow the simulated world's clock, as the product itself does, so that a wait of a minute takes a minute of that time.
import { startHost } from '../../host/start-host.ts';

const pollMs = 50;
const [folder = '.', port = '0', dataFolder = '.gatehouse'] = process.argv.slice(2);
const clockUrl = `${process.env['GATEHOUSE_CLOCK_URL'] ?? ''}/clock`;

let offsetMs = 0;
async function followClock(): Promise<void> {
  try {
    const answer: unknown = await (await fetch(clockUrl)).json();
    if (typeof answer === 'object' && answer !== null && 'offsetMs' in answer) offsetMs = Number(answer.offsetMs);
  } catch {
    // The world is going away: the last offset holds.
  }
  setTimeout(() => void followClock(), pollMs).unref();
}

await followClock();
const host = await startHost({ folder, port: Number(port), dataFolder, serviceBusPort: 0, now: () => Date.now() + offsetMs });
process.on('SIGTERM', () => void host.stop().then(() => process.exit(0)));
process.stdout.write(`host ready ${host.url}\n`);
