import type { DeadLetterDeps } from './dead-letters/dead-letter-deps.ts';

const giveUpMs = 3000;
const mostOfEach = 100;

/** Throws where the queues cannot be asked; warns, with how many there are, while messages lie in their dead-letter queues. */
export async function probeQueue({ deadLetters }: Pick<DeadLetterDeps, 'deadLetters'>): Promise<string | undefined> {
  const found = await deadLetters.list(mostOfEach, AbortSignal.timeout(giveUpMs));
  if (found.length === 0) return undefined;
  const queues = [...Map.groupBy(found, ({ queue }) => queue)].map(([queue, letters]) => `${letters.length} in ${queue}`).join(', ');
  return `Dead letters wait to be looked at: ${queues}. See gatehouse dead-letters.`;
}
