/** Characters that a DN gives a meaning (RFC 4514 section 2.4), and line breaks. */
const special = new Set(['"', '\\', '+', ',', ';', '<', '>', '=', '#', '\0', '\r', '\n']);

/**
 * The DN of `CN=<cn>` below `parent`. Special characters and spaces at the edges are written in hexadecimal: a comma or backslash in any other form is torn apart by `ldapts` when an object is renamed.
 */
export function childName(cn: string, parent: string): string {
  return `CN=${escapeValue(cn)},${parent}`;
}

/** The DN of the object's container: what follows the first comma that is not escaped. */
export function parentName(dn: string): string {
  for (let at = 0; at < dn.length; at += 1) {
    if (dn[at] === '\\') at += 1;
    else if (dn[at] === ',') return dn.slice(at + 1);
  }
  return '';
}

function escapeValue(value: string): string {
  const characters = [...value];
  return characters
    .map((character, place) => {
      const isEdgeSpace = character === ' ' && (place === 0 || place === characters.length - 1);
      return special.has(character) || isEdgeSpace ? `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character;
    })
    .join('');
}
