import type { Command } from 'commander';
import type { Client } from './client.ts';
import { settleDeadLetters, showDeadLetters } from './commands/dead-letters.ts';
import { showHealth } from './commands/health.ts';

type Print = (text: Promise<string>) => Promise<void>;
type Which = { readonly all?: boolean; readonly reason: string };

/** Adds what those who run Gatehouse need: its health, and what the queues have put aside. */
export function addOperations(program: Command, { client, print }: { readonly client: Client; readonly print: Print }): void {
  program
    .command('health')
    .description('shows how each dependency stands; ends with 0 only when none is down')
    .action(() => print(verdict(client)));
  const letters = program
    .command('dead-letters')
    .description('lists the messages that a queue has put aside, the oldest first')
    .action(() => print(showDeadLetters(client)));
  for (const fate of ['replay', 'discard'] as const)
    letters
      .command(`${fate} [queue] [number]`)
      .description(fate === 'replay' ? 'hands one of them, or all, to its queue again' : 'throws one of them, or all, away')
      .option('--all', 'all that there are')
      .requiredOption('--reason <text>', 'why, for the audit')
      .action((queue: string | undefined, sequence: string | undefined, options: Which) =>
        print(settleDeadLetters(client, fate, { queue, sequence, ...options })),
      );
}

async function verdict(client: Client): Promise<string> {
  const { text, isUp } = await showHealth(client);
  if (!isUp) process.exitCode = 1;
  return text;
}
