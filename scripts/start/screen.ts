import process from 'node:process';
import { createLogUpdate } from 'log-update';

/** Where `npm start` prints. Lines stay; the live area below them is redrawn in place, and is there only on a terminal. */
export type Screen = {
  readonly isLive: boolean;
  /** Columns that a line may take. */
  readonly width: number;
  readonly print: (line: string) => void;
  readonly show: (lines: readonly string[]) => void;
};

const narrowest = 60;
const widest = 120;

/** A screen on standard output: a live area on a terminal, plain lines anywhere else. */
export function openScreen(output: NodeJS.WriteStream = process.stdout): Screen {
  const width = output.isTTY ? Math.min(Math.max(output.columns, narrowest), widest) : widest;
  if (!output.isTTY) return { isLive: false, width, print: (line) => void output.write(`${line}\n`), show: () => undefined };
  const area = createLogUpdate(output);
  let shown: readonly string[] = [];
  const show = (lines: readonly string[]): void => {
    shown = lines;
    if (lines.length === 0) area.clear();
    else area(lines.join('\n'));
  };
  const print = (line: string): void => {
    area.clear();
    output.write(`${line}\n`);
    if (shown.length > 0) area(shown.join('\n'));
  };
  return { isLive: true, width, print, show };
}
