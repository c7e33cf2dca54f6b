import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { registryContract } from './contract/registry-contract.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry({ folder: null });
}, 120_000);
afterAll(() => registry.close());

describe('The registry in PGlite', () => {
  registryContract(() => registry);

  it('says so, and keeps nobody waiting, when it is asked after it was closed', async () => {
    const closed = await openRegistry({ folder: null });
    const waiting = closed.stores.people.count().then(() => closed.stores.people.count());
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'store-unavailable' }), closed.close()]);
  });
});
