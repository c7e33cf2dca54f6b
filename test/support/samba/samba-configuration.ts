import { join } from 'node:path';
import { domain } from '../../../sandbox/directory/domain.ts';

/** An smb.conf for a domain controller that listens at one loopback address, speaks LDAP alone and keeps everything in its folder. Its LDAP ports cannot be chosen, so that controllers differ by address. */
export function sambaConfiguration(
  folder: string,
  address: string,
  tls: { readonly key?: string; readonly certificate?: string; readonly ca?: string },
): string {
  const { key, certificate, ca } = tls;
  const files =
    key === undefined ? [] : ['tls enabled = yes', `tls keyfile = ${key}`, `tls certfile = ${certificate}`, `tls cafile = ${ca}`];
  const lines = [
    'netbios name = DC1',
    `realm = ${domain.dnsName.toUpperCase()}`,
    `workgroup = ${domain.netbiosName}`,
    'server role = active directory domain controller',
    'server services = ldap',
    `interfaces = ${address}/8`,
    'bind interfaces only = yes',
    `private dir = ${join(folder, 'dc', 'private')}`,
    `state directory = ${join(folder, 'dc', 'state')}`,
    `lock directory = ${join(folder, 'dc')}`,
    `cache directory = ${join(folder, 'dc')}`,
    `binddns dir = ${join(folder, 'dc', 'bind-dns')}`,
    `pid directory = ${join(folder, 'run')}`,
    `ncalrpc dir = ${join(folder, 'run', 'ncalrpc')}`,
    `winbindd socket directory = ${join(folder, 'run', 'winbindd')}`,
    `ntp signd socket directory = ${join(folder, 'run', 'ntp')}`,
    'log level = 1',
    'ldb:nosync = true',
    ...files,
  ];
  return `[global]\n${lines.map((line) => `\t${line}\n`).join('')}`;
}
