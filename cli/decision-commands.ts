import { type Command, Option } from 'commander';
import type { Client } from './client.ts';
import { cancelRun, decideHold, setPause, skipStep, unlockPerson } from './commands/decide.ts';

type Print = (text: Promise<string>) => Promise<void>;
type Why = { readonly reason: string };

/** Adds what decides about holds, locks, the pause, and single runs: all of it with a reason. */
export function addDecisions(
  program: Command,
  { holds, runs }: { readonly holds: Command; readonly runs: Command },
  { client, print }: { readonly client: Client; readonly print: Print },
): void {
  why(holds.command('resume <id>'))
    .description('lets go on what is held; where two have to agree, as one of them')
    .option('--person <key>', 'of a batch only this person')
    .action((id: string, options: Why & { readonly person?: string }) => print(decideHold(client, id, 'resume', options)));
  why(holds.command('cancel <id>'))
    .description('ends what is held without doing it')
    .option('--person <key>', 'of a batch only this person')
    .action((id: string, options: Why & { readonly person?: string }) => print(decideHold(client, id, 'cancel', options)));
  why(runs.command('cancel <id>'))
    .description('ends a run that is not over; what it has done stays done')
    .action((id: string, options: Why) => print(cancelRun(client, id, options)));
  why(runs.command('skip <id> <step>'))
    .description('has a run go on without a step')
    .action((id: string, step: string, options: Why) => print(skipStep(client, id, step, options)));
  why(program.command('unlock <person>'))
    .description('asks that a containment lock be lifted, as the first of two who have to agree')
    .addOption(new Option('--owner <owner>', 'whose lock it is').choices(['hr', 'operator', 'security']).makeOptionMandatory())
    .action((person: string, options: Why & { readonly owner: string }) => print(unlockPerson(client, person, options)));
  why(program.command('pause'))
    .description('stops all writing to targets')
    .action((options: Why) => print(setPause(client, true, options)));
  why(program.command('unpause'))
    .description('lets writing go on')
    .action((options: Why) => print(setPause(client, false, options)));
}

function why(command: Command): Command {
  return command.requiredOption('--reason <text>', 'why, for the audit');
}
