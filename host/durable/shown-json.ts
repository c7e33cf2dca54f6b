/** A stored JSON text as a value; `null` where there is none. */
export function shownJson(text: string | null | undefined): unknown {
  return text === null || text === undefined ? null : JSON.parse(text);
}
