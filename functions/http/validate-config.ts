import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigErrors } from '../../shared/config/config-errors.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';

const name = z
  .string()
  .regex(/^(?:[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/i, { error: 'must be a file name such as workflows/mover.yaml' });
const files = z.strictObject({ files: z.record(name, z.string()) });

/** `GET /api/config/validate`: whether the folder that this process was started with would still load. */
export function validateRunning(product: Product): Handler {
  return apiRoute(product, 'reader', () => Promise.resolve(verdictOn(product.configDir)));
}

/** `POST /api/config/validate`: whether these files would load as a configuration. They are kept for no longer than that takes. */
export function validateFiles(product: Product): Handler {
  return apiRoute(product, 'reader', async (request) => {
    const body = await bodyOf(request, files);
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-validate-'));
    try {
      for (const [file, text] of Object.entries(body.files)) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), text);
      }
      return verdictOn(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

function verdictOn(folder: string) {
  try {
    const { workflows, targets, sources } = loadConfig(folder, catalog);
    const modes = workflows.map(({ definition: { id, mode } }) => ({ id, mode }));
    return { isValid: true, workflows: modes, targets: Object.keys(targets), sources: Object.keys(sources), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigErrors)) throw error;
    const problems = error.problems.map((one) => ({ ...one, file: one.file.replace(`${basename(folder)}/`, '') }));
    return { isValid: false, workflows: [], targets: [], sources: [], problems };
  }
}
