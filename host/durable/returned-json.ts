import type { RpcTypedData } from '../worker/rpc-types.ts';

/** A function's return value as JSON; `null` where it returned nothing. Bytes become base64, as the extension stores them. */
export function returnedJson(value: RpcTypedData | null | undefined): string | null {
  if (!value) return null;
  if (value.string !== undefined) return JSON.stringify(value.string);
  if (value.json !== undefined) return value.json;
  if (value.int !== undefined) return String(value.int);
  if (value.double !== undefined) return String(value.double);
  return value.bytes === undefined ? null : JSON.stringify(Buffer.from(value.bytes).toString('base64'));
}
