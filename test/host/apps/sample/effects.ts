import { appendFileSync } from 'node:fs';

/** Appends a line to the file named by EFFECTS, so that a test sees what really happened, also after a kill. */
export function effect(line: string): void {
  const file = process.env['EFFECTS'];
  if (file) appendFileSync(file, `${line}\n`);
}
