import type { QuotaLedger } from '../quota-ledger.ts';
import type { AuditChainStore } from './audit-chain.ts';
import type { BatchStore } from './batches.ts';
import type { ErrandStore } from './errands.ts';
import type { ErasureStore } from './erasures.ts';
import type { GraphDoorStore } from './graph-door.ts';
import type { InboxStore, OutboxStore } from './inbox.ts';
import type { IntentStore } from './intents.ts';
import type { HoldingStore, LinkStore, NameStore } from './links.ts';
import type { LockStore } from './locks.ts';
import type { LookStore } from './looks.ts';
import type { PeopleStore } from './people.ts';
import type { PlanStore } from './plans.ts';
import type { AuditStore, BaselineStore, BudgetStore, HoldStore } from './records.ts';
import type { RunStore, StepStore } from './runs.ts';
import type { SealedStore } from './sealed.ts';
import type { SweepStore } from './sweeps.ts';
import type { SwitchStore } from './switches.ts';
import type { VitalsStore } from './vitals.ts';

/** Every store of the registry, all seeing the same transaction. */
export type Stores = {
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly people: PeopleStore;
  readonly links: LinkStore;
  readonly names: NameStore;
  readonly holdings: HoldingStore;
  readonly runs: RunStore;
  readonly steps: StepStore;
  readonly intents: IntentStore;
  readonly audit: AuditStore;
  readonly auditChain: AuditChainStore;
  readonly erasures: ErasureStore;
  readonly holds: HoldStore;
  readonly budgets: BudgetStore;
  readonly baselines: BaselineStore;
  readonly locks: LockStore;
  readonly batches: BatchStore;
  readonly plans: PlanStore;
  readonly sweeps: SweepStore;
  readonly switches: SwitchStore;
  readonly graphDoor: GraphDoorStore;
  readonly quotas: QuotaLedger;
  readonly errands: ErrandStore;
  readonly looks: LookStore;
  readonly sealed: SealedStore;
  readonly vitals: VitalsStore;
};

/** Gatehouse's own memory. Throws `store-unavailable` when it cannot be reached. */
export type Registry = {
  /** Runs `work` in one transaction, read committed: all of it happens, or nothing. Repeated when the database reports a deadlock or a serialization failure. */
  transaction<T>(work: (stores: Stores) => Promise<T>, options?: { readonly priority?: 'ingest' | 'normal' }): Promise<T>;
  /** Single reads outside a transaction. */
  readonly stores: Stores;
  /** The same ahead of everybody else in line, for single statements that somebody waits for at the door. */
  readonly ingest: Stores;
  probe(): Promise<void>;
  close(): Promise<void>;
};
