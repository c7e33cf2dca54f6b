import type { Entry } from 'ldapts';

/** An entry as found: the same reading for no value, one and many, and for names in whatever case the server spells them. */
export type LdapEntry = {
  readonly dn: string;
  texts(attribute: string): readonly string[];
  text(attribute: string): string | null;
  bytes(attribute: string): Buffer | undefined;
  /** The values that came of an attribute in a window of it, and the place of the last; undefined as the place where the server has no more. */
  range(attribute: string): { readonly values: readonly string[]; readonly last: number | undefined };
  /** Whether the server gave only the first of an attribute's values, and keeps more. */
  isCut(attribute: string): boolean;
};

/** Wraps what `ldapts` returns: a string for one value, a list for several, an empty list for an attribute that was asked for and is absent. */
export function toLdapEntry(entry: Entry): LdapEntry {
  const values = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value : [value]]));
  const of = (attribute: string): readonly (string | Buffer)[] => values.get(attribute.toLowerCase()) ?? [];
  const texts = (attribute: string) => of(attribute).map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
  const range = (attribute: string) => {
    const name = [...values.keys()].find((one) => one.startsWith(`${attribute.toLowerCase()};range=`) && of(one).length > 0);
    const end = name?.slice(name.lastIndexOf('-') + 1);
    return { values: name === undefined ? [] : texts(name), last: end === undefined || end === '*' ? undefined : Number(end) };
  };
  return {
    dn: entry.dn,
    range,
    isCut: (attribute) => range(attribute).last !== undefined,
    texts,
    text: (attribute) => texts(attribute)[0] ?? null,
    bytes: (attribute) => {
      const [value] = of(attribute);
      return typeof value === 'string' ? Buffer.from(value) : value;
    },
  };
}
