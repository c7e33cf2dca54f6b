import type { Finding } from './expected.ts';

/** What was found of one end state: nothing is wrong where `findings` is empty. */
export type Verdict = { readonly name: string; readonly findings: readonly Finding[] };
