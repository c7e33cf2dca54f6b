// A process that spends a quota which it shares with others, on a clock of its own that passes only in waits. Prints when each call was admitted, how often it drew, and how often
// containment had to wait.
import process from 'node:process';
import { registryQuotas } from '../../functions/compose/registry-quotas.ts';
import { createGovernor } from '../../shared/connectors/http/governor.ts';
import { graphQuota } from '../../shared/connectors/http/graph-quota.ts';
import type { QuotaLedger } from '../../shared/ports/quota-ledger.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { createFakePace } from '../connectors/http/fake-pace.ts';

const [url = '', calls = '0', urgent = '0'] = process.argv.slice(2);
const registry = await openRegistry({ url });
const kept = registryQuotas(registry);
let reached = 0;
let draws = 0;
let putOff = 0;
const ledger: QuotaLedger = {
  draw: async (key, ask) => {
    draws += 1;
    const grant = await kept.draw(key, ask);
    if (ask.isContainment && grant.slice === null) putOff += 1;
    reached = Math.max(reached, grant.now);
    return grant;
  },
  quiet: (key, quiet) => kept.quiet(key, quiet),
};
const governor = createGovernor(graphQuota('M'), { key: 'graph of two', ledger, pace: createFakePace() });
const admitted: number[] = [];
const signal = AbortSignal.timeout(60_000);

console.log('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));

const work = Array.from({ length: 200 }, async (_, worker) => {
  for (let call = worker; call < Number(calls); call += 200) {
    await governor.admit({ units: 1, writes: 1 }, 'normal', signal);
    admitted.push(reached);
  }
});
// Containment comes in the middle of it, when nothing is left but the reserve.
while (Number(urgent) > 0 && reached < 30_000) await new Promise((resolve) => setImmediate(resolve));
for (let call = 0; call < Number(urgent); call += 1) {
  await governor.admit({ units: 1, writes: 1 }, 'contain', signal);
  admitted.push(reached);
}
await Promise.all(work);
console.log(JSON.stringify({ admitted, draws, putOff }));
await registry.close();
process.exit(0);
