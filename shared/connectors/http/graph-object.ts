import type { WireRequest } from './wire.ts';

const reading = /\/(checkMemberGroups|getMemberGroups|getMemberObjects|getByIds|messages|mailFolders|sendMail)\b/;

/** The user or group that a Graph request writes to. Mail is none of it: messages of one mailbox do not get in each other's way. */
export function graphObject({ url }: WireRequest): string | undefined {
  const { pathname } = new URL(url);
  if (reading.test(pathname)) return undefined;
  return /^\/v1\.0\/((?:users|groups)\/[^/]+)/.exec(pathname)?.[1];
}
