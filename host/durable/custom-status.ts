const LIMIT_KB = 16;

/**
 * Why a custom status (JSON) is refused, in the words of the extension (`MessagePayloadDataConverter.cs`), which
 * measures it in UTF-16; `undefined` where it may be kept.
 */
export function customStatusProblem(json: string): string | undefined {
  const size = Math.floor((json.length * 2) / 1024);
  if (size <= LIMIT_KB) return undefined;
  return `The UTF-16 size of the JSON-serialized payload must not exceed ${LIMIT_KB} KB. The current payload size is ${size.toLocaleString('en-US')} KB.`;
}
