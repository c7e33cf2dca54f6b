import { z } from 'zod';
import type { ProductOnSandbox } from '../../support/product-on-sandbox.ts';

const token = z.object({ access_token: z.string() });
const created = z.object({ id: z.string() });
const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';

/** What another administrator does to a leaver's accounts. */
export type BehindOurBack = {
  /** Past every API, on the control port. */
  control(path: string, body: object): Promise<void>;
  /** Over Graph; resolves with the id of what was made. */
  graph(path: string, body: object): Promise<string>;
};

/** Acts in the sandbox of the product. */
export function behindOurBack({ sandbox: { urls } }: ProductOnSandbox): BehindOurBack {
  return {
    async control(path, body) {
      await post(`${urls.control}${path}`, body, {});
    },
    async graph(path, body) {
      const form = {
        grant_type: 'client_credentials',
        client_id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
        client_secret: 'sandbox-graph-secret',
        scope: 'https://graph.microsoft.com/.default',
      };
      const answer = await fetch(`${urls.graph}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
      const { access_token: bearer } = token.parse(await answer.json());
      return created.parse(await post(`${urls.graph}/v1.0${path}`, body, { Authorization: `Bearer ${bearer}` })).id;
    },
  };
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } };
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
