import type { Kysely } from 'kysely';
import type { Stores } from '../ports/registry/registry.ts';
import type { Database } from './schema.ts';
import { auditChainStore } from './stores/audit-chain-store.ts';
import { auditStore } from './stores/audit-store.ts';
import { erasureStore } from './stores/erasure-store.ts';
import { inboxStore, outboxStore } from './stores/inbox-store.ts';
import { intentStore } from './stores/intent-store.ts';
import { batchStore } from './stores/batch-store.ts';
import { errandStore } from './stores/errand-store.ts';
import { graphDoorStore } from './stores/graph-door-store.ts';
import { holdStore } from './stores/hold-store.ts';
import { holdingStore } from './stores/holding-store.ts';
import { linkStore, nameStore } from './stores/link-store.ts';
import { lookStore } from './stores/look-store.ts';
import { lockStore } from './stores/lock-store.ts';
import { peopleStore } from './stores/people-store.ts';
import { planStore } from './stores/plan-store.ts';
import { baselineStore, budgetStore } from './stores/record-store.ts';
import { quotaStore } from './stores/quota-store.ts';
import { runStore } from './stores/run-store.ts';
import { stepStore } from './stores/step-store.ts';
import { sealedStore } from './stores/sealed-store.ts';
import { sweepStore } from './stores/sweep-store.ts';
import { switchStore } from './stores/switch-store.ts';
import { vitalsStore } from './stores/vitals-store.ts';

/** Every store on one connection or transaction. */
export function storesOn(database: Kysely<Database>): Stores {
  return {
    inbox: inboxStore(database),
    outbox: outboxStore(database),
    people: peopleStore(database),
    links: linkStore(database),
    names: nameStore(database),
    holdings: holdingStore(database),
    runs: runStore(database),
    steps: stepStore(database),
    intents: intentStore(database),
    audit: auditStore(database),
    auditChain: auditChainStore(database),
    erasures: erasureStore(database),
    holds: holdStore(database),
    budgets: budgetStore(database),
    baselines: baselineStore(database),
    locks: lockStore(database),
    batches: batchStore(database),
    plans: planStore(database),
    sweeps: sweepStore(database),
    switches: switchStore(database),
    graphDoor: graphDoorStore(database),
    quotas: quotaStore(database),
    errands: errandStore(database),
    looks: lookStore(database),
    sealed: sealedStore(database),
    vitals: vitalsStore(database),
  };
}
