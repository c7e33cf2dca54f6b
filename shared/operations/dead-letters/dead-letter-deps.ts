import type { Clock } from '../../ports/clock.ts';
import type { DeadLetters } from '../../ports/dead-letters.ts';
import type { Registry } from '../../ports/registry/registry.ts';

/** What looking after dead letters needs. */
export type DeadLetterDeps = { readonly registry: Registry; readonly clock: Clock; readonly deadLetters: DeadLetters };
