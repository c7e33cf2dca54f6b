import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findSystemPackages } from '../../../scripts/system-packages.ts';
import { ensureTls } from '../../../sandbox/directory/tls/ensure-tls.ts';
import { domain, serviceAccount } from '../../../sandbox/directory/domain.ts';
import { sambaConfiguration } from './samba-configuration.ts';
import { administratorPassword, sambaTemplate, type SambaKind } from './samba-template.ts';
import { servicePassword } from './samba-world.ts';

/** A domain controller of the test's own, a copy of the one that is kept. */
export type RunningSamba = {
  readonly address: string;
  readonly tls: { readonly certificate: string; readonly key: string };
  /** How the connector signs in to it, with the rights that docs/connectors.md asks for. */
  readonly login: { readonly caFile: string; readonly serverName: string; readonly user: string; readonly password: () => Promise<string> };
  readonly administrator: { readonly user: string; readonly password: string };
  /** Stops and continues it as a whole, as a machine that hangs. */
  readonly freeze: (frozen: boolean) => void;
  readonly stop: () => Promise<void>;
};

/** Samba's daemon; undefined where the machine has none, or where we may not provision a domain (which takes root). */
export const sambaProgram = process.getuid?.() === 0 ? findSystemPackages()['GATEHOUSE_TEST_SAMBA'] : undefined;

/** Starts a domain controller in a folder of its own, at a loopback address of its own. */
export async function startSamba(kind: SambaKind = 'company'): Promise<RunningSamba> {
  if (sambaProgram === undefined) throw new Error('There is no Samba on this machine.');
  const template = await sambaTemplate(kind);
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-samba-'));
  await promisify(execFile)('cp', ['-a', join(template, 'dc'), join(folder, 'dc')]);
  const tls = await ensureTls(folder);
  await mkdir(join(folder, 'run'));
  const address = freshAddress();
  const files = { key: join(folder, 'tls', 'server-key.pem'), certificate: join(folder, 'tls', 'server.pem'), ca: tls.caFile };
  await writeFile(join(folder, 'smb.conf'), sambaConfiguration(folder, address, files));
  const child = spawn(sambaProgram, ['-i', '-M', 'single', '-s', join(folder, 'smb.conf'), '--debug-stdout'], {
    // With `-i` it ends when its input does, and so with us.
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  await firstConnection(address, () => child.exitCode === null);
  return {
    address,
    tls,
    login: {
      caFile: tls.caFile,
      serverName: `dc1.${domain.dnsName}`,
      user: `${serviceAccount.name}@${domain.dnsName}`,
      password: () => Promise.resolve(servicePassword),
    },
    administrator: { user: `Administrator@${domain.dnsName}`, password: administratorPassword },
    freeze: (frozen) => void child.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    async stop() {
      child.kill('SIGCONT');
      // It has nothing to keep, and takes a second to end in order.
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An address of 127.0.0.0/8 that nobody else will have chosen: processes differ by their ids, the files of one by the random part. */
function freshAddress(): string {
  const part = () => 1 + Math.floor(Math.random() * 254);
  return `127.${64 + (process.pid % 64)}.${part()}.${part()}`;
}

async function firstConnection(address: string, isAlive: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; ;) {
    try {
      const socket = connect(636, address);
      await once(socket, 'connect');
      socket.destroy();
      return;
    } catch (error) {
      if (!isAlive() || Date.now() > end) throw error;
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }
}
