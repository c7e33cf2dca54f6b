import { azureFacts } from './azure-facts.ts';
import type { Evidence, Fact, Finding } from './fact.ts';
import { graphFacts } from './graph-facts.ts';
import { ociFacts } from './oci-facts.ts';

/** All that only a real tenant proves. */
export const facts: readonly Fact[] = [...graphFacts, ...ociFacts, ...azureFacts];

/** A fact with what came of looking for it. */
export type JudgedFact = { readonly fact: Fact; readonly finding: Finding };

/** Looks for every fact that can be looked for at this moment. A check that fails is no proof of anything, and says why it failed. */
export async function judgeFacts(moment: 'shut' | 'gone', evidence: Evidence): Promise<readonly JudgedFact[]> {
  const judged: JudgedFact[] = [];
  for (const fact of facts)
    if ('check' in fact && fact.at === moment) judged.push({ fact, finding: await fact.check(evidence).catch(failed) });
  return judged;
}

function failed(error: unknown): Finding {
  return { is: 'not told', found: (error instanceof Error ? error.message : 'the check failed').slice(0, 300) };
}
