import { appendFileSync } from 'node:fs';

/** Writes down what a function has seen or done. */
export function effect(value: unknown): void {
  appendFileSync(process.env['EFFECTS'] ?? '', `${JSON.stringify(value)}\n`);
}
