/**
 * The output, as JSON, of an instance that was terminated for a reason: the reason itself where it is JSON, else its
 * text, as the extension shows it (`DurableClient.ParseToJToken`).
 */
export function reasonJson(reason: string | null | undefined): string | null {
  if (reason === null || reason === undefined) return null;
  try {
    return JSON.stringify(JSON.parse(reason));
  } catch {
    return JSON.stringify(reason);
  }
}
