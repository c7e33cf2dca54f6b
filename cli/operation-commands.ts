import type { Command } from 'commander';
import type { Client } from './client.ts';
import { noteByHand } from './commands/by-hand.ts';
import { settleDeadLetters, showDeadLetters } from './commands/dead-letters.ts';
import { erasePerson } from './commands/erase-person.ts';
import { showHealth } from './commands/health.ts';

type Print = (text: Promise<string>) => Promise<void>;
type Which = { readonly all?: boolean; readonly reason: string };

/** Adds what those who run Gatehouse need: its health, what the queues have put aside, what was done by hand, erasing somebody. */
export function addOperations(
  program: Command,
  { person }: { readonly person: Command },
  { client, print }: { readonly client: Client; readonly print: Print },
): void {
  person
    .command('erase <key>')
    .description('erases all personal data of somebody who has left; the audit keeps their id alone')
    .requiredOption('--reason <text>', 'why, for the audit; it stays, and must name nobody')
    .action((key: string, options: { readonly reason: string }) => print(erasePerson(client, key, options)));
  program
    .command('by-hand <person>')
    .description(
      'writes down what was done by hand to the accounts of a person, with what is seen of them now; ends with 0 only when all are shut',
    )
    .requiredOption('--did <text>', 'what was done, and by whom')
    .requiredOption('--at <instant>', 'when, such as 2026-11-30T09:15:00Z')
    .action((key: string, options: { readonly did: string; readonly at: string }) => print(noted(client, key, options)));
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

async function noted(client: Client, key: string, options: { readonly did: string; readonly at: string }): Promise<string> {
  const { text, isShut } = await noteByHand(client, key, options);
  if (!isShut) process.exitCode = 1;
  return text;
}
