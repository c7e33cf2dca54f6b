/** A JSON object whose properties are not known. */
export type Json = { [name: string]: unknown };

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of a JSON object whatever the case of its name, since attribute names and schema URIs have none (RFC 7643 section 2.1). */
export function propertyOf(from: unknown, name: string): unknown {
  if (!isJson(from)) return undefined;
  const key = keyOf(from, name);
  return key === undefined ? undefined : from[key];
}

/** The name under which an object holds a property, whatever its case. */
export function keyOf(from: Json, name: string): string | undefined {
  if (Object.hasOwn(from, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(from).find((key) => key.toLowerCase() === wanted);
}
