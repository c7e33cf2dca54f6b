/** The parts of a distinguished name (RFC 4514, section 2), most specific first, in lower case and without space around them; undefined for text that is none. */
export function parseDn(text: string): readonly string[] | undefined {
  const parts = text.split(/(?<!\\),/).map((part) => part.trim());
  const isName = parts.every((part) => /^[A-Za-z][A-Za-z0-9-]*\s*=\s*\S/.test(part));
  return isName ? parts.map((part) => part.replace(/\s*=\s*/, '=').toLowerCase()) : undefined;
}

/** Whether a name is `container` itself or lies below it. False where either is no distinguished name. */
export function isWithin(name: string, container: string): boolean {
  const [inner, outer] = [parseDn(name), parseDn(container)];
  if (!inner || !outer || outer.length > inner.length) return false;
  return outer.every((part, index) => part === inner[inner.length - outer.length + index]);
}
