import type { ReadableTarget } from '../connector.ts';
import type { Writers } from './writers.ts';

/** A whole connector: what only the gate is given. */
export type WritableTarget = ReadableTarget & { readonly writes: Partial<Writers> };
