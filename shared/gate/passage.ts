import type { Outcome } from '../domain/change.ts';

/** How one change went through the gate: an outcome, or the word that something newer about the person has taken over. */
export type Passage = { readonly is: 'outcome'; readonly outcome: Outcome } | { readonly is: 'superseded' };
