import { type Command, Option } from 'commander';
import type { Client } from './client.ts';
import { showNewPlan, type PlanOptions } from './commands/plan.ts';
import { begin, type Ran, runOnDemand, type RunOptions } from './commands/run.ts';
import { validateConfig } from './commands/validate.ts';

type Print = (text: Promise<string>) => Promise<void>;

const exitCodes = `
Exit codes:
  0  all done
  1  something was refused, failed, is unknown, or was overtaken by something newer; or the command could not be carried out
  2  done, with gaps that somebody has to know of
  3  held: somebody has to decide (gatehouse holds)
  4  still going on when --timeout was over`;

const several = (value: string, before: readonly string[]) => [...before, value];

/** Adds `plan`, `run`, `runs retry`, `runs undo` and `validate`. */
export function addOnDemand(program: Command, runs: Command, { client, print }: { readonly client: Client; readonly print: Print }): void {
  const ran = (result: Promise<Ran>) => print(result.then(withCode));
  naming(program.command('plan <workflow>'))
    .description('shows what a workflow (or all of a trigger, such as leaver) would change, before and after, and writes nothing')
    .option('--everyone', 'for everyone who is there')
    .option('--all', 'shows every change of a long plan')
    .option('--csv-out <file>', 'writes every change to a CSV file')
    .action((workflow: string, options: PlanOptions) => print(showNewPlan(client, workflow, options)));
  naming(program.command('run [workflow]'))
    .description('carries a workflow out for people, or a plan that was shown, and says what came of it')
    .option('--plan <id>', 'a plan that was made before: only what it shows is done')
    .option('--hash <hash>', 'the hash of that plan')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option('--yes', 'does not show the plan and ask first')
    .addOption(timeout())
    .addHelpText('after', exitCodes)
    .action((workflow: string | undefined, options: RunOptions) => ran(runOnDemand(client, workflow, options)));
  for (const [how, does] of [
    ['retry', 'begins a new run of the same workflow, by what is known today'],
    ['undo', 'takes back what a run did, where it is still so'],
  ] as const) {
    runs
      .command(`${how} <id>`)
      .description(does)
      .requiredOption('--reason <text>', 'why, for the audit')
      .addOption(timeout())
      .addHelpText('after', exitCodes)
      .action((id: string, { reason, timeout: seconds }: { readonly reason: string; readonly timeout: string }) =>
        ran(begin(client, `/api/runs/${encodeURIComponent(id)}/${how}`, { sent: { reason } }, { timeoutMs: Number(seconds) * 1000 })),
      );
  }
  program
    .command('validate')
    .description('checks a configuration; ends with 0 only when it is valid')
    .option('--config <folder>', 'the folder to check; without it, that of the running Gatehouse')
    .action(({ config }: { readonly config?: string }) => print(validateConfig(client, config).then(withValidity)));
}

function naming(command: Command): Command {
  return command
    .option('--person <key>', 'a person id, source:workerId or worker id; may be given several times', several, [])
    .option('--people <keys>', 'several, separated by commas')
    .option('--csv <file>', 'a CSV file with a column workerId, or the one named by --column')
    .option('--column <name>', 'the column of the file that names people');
}

function timeout(): Option {
  return new Option('--timeout <seconds>', 'how long to wait for the end').default('900');
}

function withCode({ text, code }: Ran): string {
  process.exitCode = code;
  return text;
}

function withValidity({ text, isValid }: { readonly text: string; readonly isValid: boolean }): string {
  if (!isValid) process.exitCode = 1;
  return text;
}
