import type { OutsideBroker } from '../support/outside-broker.ts';
import type { TestPostgres } from '../support/postgres.ts';
import type { Gatehouse } from '../support/product.ts';

/** A product whose queue, and whose registry where the machine has a PostgreSQL, can go away. */
export type OperationsStage = {
  readonly gatehouse: Gatehouse;
  readonly broker: OutsideBroker;
  readonly postgres: TestPostgres | undefined;
  readonly databaseUrl: string | undefined;
  /** The configuration that the product reads when it starts. */
  readonly config: string;
  /** A folder of the test's own. */
  readonly folder: string;
};
