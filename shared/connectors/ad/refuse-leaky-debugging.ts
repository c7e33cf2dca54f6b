import { GatehouseError } from '../../errors.ts';

/** `ldapts` prints every message to be sent when `NODE_DEBUG` names it (https://nodejs.org/api/util.html#utildebuglogsection-callback), new passwords included: refuse to work then. */
export function refuseLeakyDebugging(nodeDebug: string | undefined): void {
  const names = (nodeDebug ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const isNamed = names.some(
    (name) =>
      name !== '' &&
      new RegExp(
        `^${name
          .split('*')
          .map((part) => part.replace(/[^\w]/g, '\\$&'))
          .join('.*')}$`,
      ).test('ldapts'),
  );
  if (isNamed)
    throw new GatehouseError('config-invalid', 'NODE_DEBUG names ldapts, which would print passwords. Take it out of NODE_DEBUG.');
}
