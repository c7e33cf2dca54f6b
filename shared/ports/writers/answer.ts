import type { Problem } from '../../domain/problem.ts';

/**
 * How a target answered a write.
 * `accepted`: it says it did it; `id` is the object's immutable id.
 * `lost`: no usable answer came (timeout, reset, 5xx after sending): it may or may not have happened.
 * `refused`: it says it did not and will not; `nameTaken` is the attribute of ours that collided.
 * `later`: it certainly did nothing and asks to be called again.
 */
export type Answer =
  | { readonly is: 'accepted'; readonly id: string; readonly requestId?: string }
  | { readonly is: 'lost'; readonly problem: Problem }
  | { readonly is: 'refused'; readonly problem: Problem; readonly nameTaken?: string }
  | { readonly is: 'later'; readonly retryAfterMs: number; readonly problem: Problem };

/** The answer of issuing a pass: the code is in memory only, to be handed on at once and forgotten. */
export type IssuedPass = { readonly is: 'accepted'; readonly id: string; readonly code: string; readonly requestId?: string };
