// Writes people in batches, each in one transaction, and says which batch is committed: for a test that kills it.
import { writeSync } from 'node:fs';
import process from 'node:process';
import { openRegistry } from '../../shared/registry/open-registry.ts';

const [folder, prefix] = process.argv.slice(2);
if (folder === undefined || prefix === undefined) throw new Error('Give a folder and a prefix.');
const registry = await openRegistry({ folder });
for (let batch = 0; ; batch += 1) {
  await registry.transaction(async (stores) => {
    for (const number of [1, 2, 3]) {
      const id = `${prefix}-${batch}-${number}`;
      await stores.people.create({
        id,
        epoch: 1,
        displayName: id.repeat(50),
        baseline: false,
        standing: 'none',
        endsAt: null,
        reconsiderAt: null,
      });
      await stores.names.reserve(id, { scope: 'upn', attribute: 'userPrincipalName', value: id, folded: id });
    }
  });
  writeSync(1, `committed ${batch}\n`);
}
