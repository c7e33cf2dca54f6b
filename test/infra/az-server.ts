import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import jmespath from 'jmespath';

/** What `az rest` was asked for. */
export type AzRequest = { readonly method: string; readonly url: string; readonly body: unknown };
export type AzAnswer = { readonly status: number; readonly body?: unknown };

/** Stands behind az-stand-in.sh: keeps what was asked, and prints answers as az does. */
export type AzServer = { readonly url: string; readonly requests: AzRequest[]; readonly stop: () => Promise<void> };

/** Starts it on loopback. `answer` plays the service that `az rest` calls. */
export async function startAzServer(answer: (request: AzRequest) => AzAnswer): Promise<AzServer> {
  const requests: AzRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void argumentsOf(incoming).then((given) => {
      const request = { method: given.option('--method').toUpperCase(), url: given.option('--url'), body: parsed(given.option('--body')) };
      requests.push(request);
      const { status, body } = answer(request);
      outgoing.statusCode = status < 400 ? 200 : 400;
      outgoing.end(status < 400 ? printed(body, given.option('--query'), given.option('--output')) : JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function argumentsOf(incoming: IncomingMessage) {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const given = Buffer.concat(pieces).toString('utf8').split('\0');
  return { option: (name: string): string => (given.includes(name) ? (given[given.indexOf(name) + 1] ?? '') : '') };
}

function parsed(body: string): unknown {
  return body === '' ? undefined : JSON.parse(body);
}

/** The query language of az is JMESPath, and tsv its form for scripts: a line each, tabs between (https://learn.microsoft.com/cli/azure/format-output-azure-cli#tsv-output-format). */
function printed(body: unknown, query: string, output: string): string {
  if (output === 'none' || body === undefined) return '';
  const found: unknown = query === '' ? body : jmespath.search(body, query);
  if (output !== 'tsv') return JSON.stringify(found);
  if (found === null) return '';
  return (Array.isArray(found) ? found : [found])
    .map((row: unknown) => (Array.isArray(row) ? row.map(cell).join('\t') : cell(row)))
    .join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
