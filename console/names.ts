const systems: Readonly<Record<string, string>> = { ad: 'Active Directory', entra: 'Entra ID', oci: 'OCI IAM', mail: 'Mail', hr: 'HR' };
const abbreviations = new Set(['ad', 'oci', 'hr', 'scim']);

/** The system behind a target id, for people: `Active Directory` for `ad:contoso`; the id itself where the kind is not known. */
export function systemName(targetId: string): string {
  return systems[targetId.split(':')[0] ?? ''] ?? targetId;
}

/** An id in kebab case as words: `ad-account` becomes `AD account`. */
export function inWords(id: string): string {
  const words = id.split('-').map((word) => (abbreviations.has(word) ? word.toUpperCase() : word));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
