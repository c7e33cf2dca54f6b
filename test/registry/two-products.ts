import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Order } from './product-process.ts';

/** A product process that does what it is asked. */
export type ProductProcess = { readonly ask: (order: Order) => Promise<unknown>; readonly stop: () => Promise<void> };

/** Starts one; resolves when it has opened its registry. */
export async function startProductProcess(environment: Readonly<Record<string, string>>): Promise<ProductProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'product-process.ts')], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const asked = new Map<number, (answer: Answer) => void>();
  const printed: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const ready = new Promise<void>((resolve, reject) => {
    void exit.then(() => reject(new Error(`A product process ended: ${printed.join('')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') return resolve();
      if (!line.startsWith('answer ')) return void printed.push(line);
      const answer: Answer & { readonly id: number } = JSON.parse(line.slice('answer '.length));
      asked.get(answer.id)?.(answer);
    });
  });
  await ready;
  let last = 0;
  return {
    async ask(order) {
      last += 1;
      const id = last;
      const answer = await new Promise<Answer>((resolve) => {
        asked.set(id, resolve);
        child.stdin.write(`${JSON.stringify({ id, order })}\n`);
      });
      if (answer.error !== undefined) throw new Error(`${answer.error} ${printed.join('')}`);
      return answer.result;
    },
    async stop() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

type Answer = { readonly result?: unknown; readonly error?: string };
