import type { Registry } from '../ports/registry/registry.ts';
import { migrate } from './migrate.ts';
import { GatehouseError } from '../errors.ts';
import { overPool } from './over-pool.ts';
import type { PostgresPlace } from './postgres-address.ts';
import { openPostgresPool } from './postgres-pool.ts';
import { type Databases, registryOver } from './registry-over.ts';

/** Where the registry lives: a PostgreSQL, or a folder for PGlite (null: one of its own that is gone when it is closed, for tests). */
export type RegistryPlace = PostgresPlace | { readonly folder: string | null };

/** Opens the registry and brings its schema up to date. Throws `config-invalid` for a folder where PGlite is not installed, as in the package for Azure. */
export async function openRegistry(place: RegistryPlace): Promise<Registry> {
  const { normal, ingest } = 'url' in place ? postgres(place) : await pglite(place.folder);
  await migrate(normal);
  return registryOver({ normal, ingest }, () => normal.destroy());
}

function postgres(place: PostgresPlace): Databases {
  const database = overPool(openPostgresPool(place));
  return { normal: database, ingest: database };
}

async function pglite(folder: string | null): Promise<Databases> {
  const { openEmbedded } = await import('./open-embedded.ts').catch(embeddedIsMissing);
  const pool = await openEmbedded(folder);
  return { normal: overPool(pool), ingest: overPool({ options: {}, connect: () => pool.connectFirst(), end: () => Promise.resolve() }) };
}

// PGlite is loaded on demand: whoever has a PostgreSQL has no use for it, and the package for Azure leaves it out.
function embeddedIsMissing(cause: unknown): never {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
  throw new GatehouseError(
    'config-invalid',
    'DATABASE_URL is missing, and the embedded database (PGlite) is not installed here: the package for Azure leaves it out. Give the address of a PostgreSQL.',
    { cause },
  );
}
