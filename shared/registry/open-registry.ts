import type { Registry } from '../ports/registry/registry.ts';
import { migrate } from './migrate.ts';
import { openEmbedded } from './open-embedded.ts';
import { overPool } from './over-pool.ts';
import { openPostgresPool } from './postgres-pool.ts';
import { type Databases, registryOver } from './registry-over.ts';

/** Where the registry lives: a PostgreSQL by its URL, or a folder for PGlite (null: one of its own that is gone when it is closed, for tests). */
export type RegistryPlace = { readonly url: string; readonly poolSize?: number } | { readonly folder: string | null };

/** Opens the registry and brings its schema up to date. */
export async function openRegistry(place: RegistryPlace): Promise<Registry> {
  const { normal, ingest } = 'url' in place ? postgres(place) : await pglite(place.folder);
  await migrate(normal);
  return registryOver({ normal, ingest }, () => normal.destroy());
}

function postgres(place: { readonly url: string; readonly poolSize?: number }): Databases {
  const database = overPool(openPostgresPool(place.url, place.poolSize ?? 4));
  return { normal: database, ingest: database };
}

async function pglite(folder: string | null): Promise<Databases> {
  const pool = await openEmbedded(folder);
  return { normal: overPool(pool), ingest: overPool({ options: {}, connect: () => pool.connectFirst(), end: () => Promise.resolve() }) };
}
