import { resolve } from 'node:path';
import { rolldown } from 'rolldown';

const checkout = resolve(import.meta.dirname, '../..');

/**
 * What stays outside: the module that Azure's worker, or our host, answers itself; PGlite, which is for one machine; and the native client that `pg` would take
 * where it is installed. Whoever asks for them is told that they are missing.
 */
const left = ['@azure/functions-core', 'pg-native', /\/open-embedded\.ts$/];

/** Writes the product's code with its packages into a folder, `main.js` first, and beside it what is loaded on demand. Answers the files that went in, by their absolute paths. */
export async function bundle(folder: string): Promise<readonly string[]> {
  const build = await rolldown({
    input: { main: resolve(checkout, 'functions/main.ts') },
    cwd: checkout,
    platform: 'node',
    external: left,
    // A package that looks for itself by its place cannot be bundled, and would say so here.
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`The bundle would not be whole: ${log.message}`);
    },
  });
  try {
    const { output } = await build.write({ dir: folder, format: 'esm', chunkFileNames: 'chunks/[name].js' });
    return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  } finally {
    await build.close();
  }
}
