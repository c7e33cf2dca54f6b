import { Command } from 'commander';
import { type Client, Refusal } from './client.ts';
import { addDecisions } from './decision-commands.ts';
import { addOperations } from './operation-commands.ts';
import { addOnDemand } from './on-demand-commands.ts';
import { verifyAudit } from './commands/audit.ts';
import { importFile } from './commands/import-file.ts';
import { showPermissions } from './commands/permissions.ts';
import { showPerson } from './commands/person.ts';
import { showRun, showRuns } from './commands/runs.ts';
import { showSweep, sweepNow } from './commands/sweep.ts';
import { showEvents, showHolds } from './commands/waiting.ts';

/** The command line, with all its commands, on a client of the API. Nothing is parsed yet. */
export function createProgram(client: Client): Command {
  const program = new Command('gatehouse')
    .description('Looks at joiner, mover and leaver runs, and has them carried out, through the HTTP API.')
    .showHelpAfterError();
  const { runs, person, holds } = addLooks(program, client);
  addWork(program, client);
  addOnDemand(program, runs, { client, print });
  addOperations(program, { person }, { client, print });
  addDecisions(program, { holds, runs }, { client, print });
  return program;
}

/** Adds what lists and shows; others add to some of these. */
function addLooks(program: Command, client: Client): Readonly<Record<'runs' | 'person' | 'holds', Command>> {
  const runs = program
    .command('runs [id]')
    .description('lists runs, newest first, or shows one step by step')
    .option('--state <state>', 'only runs in this state, such as held or done-with-gaps')
    .option('--person <key>', 'only runs of this person: a person id, source:workerId or worker id')
    .action((id: string | undefined, options: { readonly state?: string; readonly person?: string }) =>
      print(id === undefined ? showRuns(client, options) : showRun(client, id)),
    );
  const person = program
    .command('person <key>')
    .description('shows a person: accounts as they are now, holdings with reasons, runs')
    .action((key: string) => print(showPerson(client, key)));
  const holds = program
    .command('holds')
    .description('lists what waits for a decision')
    .action(() => print(showHolds(client)));
  program
    .command('events')
    .description('lists events that were refused, with the reason')
    .action(() => print(showEvents(client)));

  program
    .command('permissions')
    .description('lists the application permissions that have to be granted in Microsoft Graph, and what each is for')
    .option('--calls', 'shows which call needs which')
    .action((options: { readonly calls?: boolean }) => print(showPermissions(client, options)));

  return { runs, person, holds };
}

/** Adds what sends, verifies and looks through. */
function addWork(program: Command, client: Client): void {
  program
    .command('import <file>')
    .description('sends a CSV file of workers; ends with 0 only when every line was taken')
    .requiredOption('--source <source>', 'the source of kind csv that the file is of')
    .action((file: string, { source }: { readonly source: string }) => print(sendFile(client, file, source)));

  program
    .command('audit')
    .description('the record of who did what, to whom and why')
    .command('verify')
    .description('looks for rows that were changed, taken away or put elsewhere; ends with 0 only when there are none')
    .action(() => print(verdictOf(client)));

  program
    .command('sweep')
    .description('shows the last look at everybody who has left; ends with 0 only when every target could be read')
    .option('--now', 'looks now, and waits until it has ended')
    .action(({ now }: { readonly now?: boolean }) => print(sweepVerdict(client, now === true)));
}

async function verdictOf(client: Client): Promise<string> {
  const { text, isWhole } = await verifyAudit(client);
  if (!isWhole) process.exitCode = 1;
  return text;
}

async function sweepVerdict(client: Client, now: boolean): Promise<string> {
  const { text, isWhole } = await (now ? sweepNow(client) : showSweep(client));
  if (!isWhole) process.exitCode = 1;
  return text;
}

async function sendFile(client: Client, file: string, source: string): Promise<string> {
  const { text, isWhole } = await importFile(client, file, source);
  if (!isWhole) process.exitCode = 1;
  return text;
}

async function print(text: Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await text}\n`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
