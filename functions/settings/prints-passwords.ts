/** Whether `NODE_DEBUG` names `ldapts`, which then prints every message that it sends (https://nodejs.org/api/util.html#utildebuglogsection-callback), new passwords included. */
export function printsPasswords(nodeDebug: string): boolean {
  const names = nodeDebug.toLowerCase().split(',');
  return names.some((name) => name.trim() !== '' && asPattern(name.trim()).test('ldapts'));
}

/** A star in `NODE_DEBUG` stands for any text. */
function asPattern(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
