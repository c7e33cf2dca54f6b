import { Command } from 'commander';

/** How `npm start` was asked to go. */
export type StartOptions = {
  /** Ends after the sample day, with exit code 0 only if every end state was verified. */
  readonly once: boolean;
  /** Empties both data folders first. */
  readonly reset: boolean;
  /** Starts everything and plays nothing. */
  readonly quietDay: boolean;
};

/** Reads the arguments. For `--help` and for anything unknown it prints and ends the process, as commander does: exit code 0, or 1 with the help. */
export function readStartOptions(args: readonly string[]): StartOptions {
  const command = new Command('npm start --')
    .description('Starts Gatehouse and a simulated company, plays a day of hires, prints each run as it happens, and keeps serving.')
    .option('--once', 'end after the sample day; exit code 0 only if every end state was verified in the targets')
    .option('--reset', 'empty both data folders first')
    .option('--quiet-day', 'start everything, play nothing')
    .allowExcessArguments(false)
    .showHelpAfterError();
  const { once = false, reset = false, quietDay = false } = command.parse(args, { from: 'user' }).opts<Partial<StartOptions>>();
  return { once, reset, quietDay };
}
