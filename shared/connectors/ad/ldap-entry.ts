import type { Entry } from 'ldapts';

/** An entry as found: the same reading for no value, one and many, and for names in whatever case the server spells them. */
export type LdapEntry = {
  readonly dn: string;
  texts(attribute: string): readonly string[];
  text(attribute: string): string | null;
  bytes(attribute: string): Buffer | undefined;
};

/** Wraps what `ldapts` returns: a string for one value, a list for several, an empty list for an attribute that was asked for and is absent. */
export function toLdapEntry(entry: Entry): LdapEntry {
  const values = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value : [value]]));
  const of = (attribute: string): readonly (string | Buffer)[] => values.get(attribute.toLowerCase()) ?? [];
  const texts = (attribute: string) => of(attribute).map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
  return {
    dn: entry.dn,
    texts,
    text: (attribute) => texts(attribute)[0] ?? null,
    bytes: (attribute) => {
      const [value] = of(attribute);
      return typeof value === 'string' ? Buffer.from(value) : value;
    },
  };
}
