import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkExchange } from '../../sandbox/graph/contract/check-exchange.ts';
import type { Gatehouse } from '../support/product.ts';
import { placesOf, whereFound } from './search-everywhere.ts';

const secrets = z.array(z.object({ system: z.string(), kind: z.string(), value: z.string() }));
const exchange = z.object({
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  requestBody: z.unknown().optional(),
  responseBody: z.unknown().optional(),
  fault: z.unknown().optional(),
});

/** What the hires leave behind: on the wire, on the disk and on the terminal. Stops the product. */
export function tracesAreClean(stage: () => Gatehouse): void {
  describe('What was exchanged with Graph', () => {
    it('fits the published contract, every request and every answer', async () => {
      const all = z.array(exchange).parse(await stage().world.get('/requests/graph'));
      const calls = all.filter(({ path, fault }) => path.startsWith('/v1.0') && fault === undefined);
      expect(calls.length).toBeGreaterThan(500);
      const misfits = calls.flatMap(({ method, path, status, requestBody, responseBody }) =>
        checkExchange({
          method,
          path,
          status,
          ...(requestBody === undefined ? {} : { requestBody }),
          ...(responseBody === undefined ? {} : { responseBody }),
        }).map((problem) => `${method} ${path}: ${problem}`),
      );
      expect(misfits).toEqual([]);
      expect(all.filter(({ responseBody }) => JSON.stringify(responseBody ?? '').includes('sandboxContractViolation'))).toEqual([]);
      expect(calls.filter(({ status }) => status >= 500)).toEqual([]);
    });
  });

  describe('Passes and passwords', () => {
    it('are found nowhere in the data folder, in its databases or in what was printed; and a planted one is found', async () => {
      const values = secrets.parse(await stage().world.get('/secrets'));
      const kinds = new Set(values.map(({ kind }) => kind));
      expect(kinds.size).toBeGreaterThanOrEqual(2);
      expect(values.length).toBeGreaterThan(30);
      await stage().process.end('SIGTERM');
      const folder = stage().product.dataFolder;
      const output = stage().process.output();
      expect(existsSync(join(folder, 'registry'))).toBe(true);
      const places = await placesOf(folder, output);
      expect(whereFound(values, places)).toEqual([]);

      const [one] = values;
      const value = one?.value ?? '';
      const planted = join(folder, 'planted');
      mkdirSync(planted);
      writeFileSync(join(planted, 'plain'), `x${value}x`);
      writeFileSync(join(planted, 'wide'), Buffer.from(`x${value}x`, 'utf16le'));
      for (const lead of ['', '1', '12'])
        writeFileSync(join(planted, `base64-${lead.length}`), Buffer.from(`${lead}${value}tail`).toString('base64'));
      const found = whereFound([{ kind: 'planted', value }], await placesOf(planted, `printed ${value}`));
      expect(found.map(({ place }) => place).toSorted()).toEqual(['base64-0', 'base64-1', 'base64-2', 'plain', 'the output', 'wide']);
    });

    it('would be found in the registry and in the host’s databases, row by row, as names are that belong there', async () => {
      const places = await placesOf(stage().product.dataFolder, '');
      const found = whereFound([{ kind: 'name', value: 'zoe.obrien@contoso.example' }], places).map(({ place }) => place);
      expect(found.some((place) => place.startsWith('row of the registry'))).toBe(true);
      const queued = whereFound([{ kind: 'function', value: 'run-workflow' }], places).map(({ place }) => place);
      expect(queued.some((place) => place.startsWith('row of host.sqlite'))).toBe(true);
    });
  });
}
