import type { RpcBinding } from '../worker/rpc-types.ts';

/** A text property of a binding, or the fallback where it has none. */
export function bindingText(binding: RpcBinding, property: string, fallback: string): string {
  const value = binding[property];
  return typeof value === 'string' ? value : fallback;
}
