import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { answers } from '../answers.ts';
import { type Client, Refusal } from '../client.ts';

const patienceMs = 60_000;

/** Has a configuration checked: the folder's files, or what the running Gatehouse would load if it were started again. */
export async function validateConfig(
  client: Client,
  folder: string | undefined,
): Promise<{ readonly text: string; readonly isValid: boolean }> {
  const path = '/api/config/validate';
  const answer =
    folder === undefined ? await client.get(path, patienceMs) : await client.post(path, { files: await filesIn(folder) }, patienceMs);
  const { isValid, problems, workflows, targets, sources } = answers.validity.parse(answer);
  if (!isValid) {
    const lines = problems.map(
      ({ file, line, column, path: at, message }) => `  ${file}:${line}:${column} ${at === '' ? '' : `${at}: `}${message}`,
    );
    return {
      isValid,
      text: [`The configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:`, ...lines].join('\n'),
    };
  }
  const modes = workflows.map(({ id, mode }) => (mode === 'enforce' ? id : `${id} (${mode})`));
  const lines = [
    'The configuration is valid.',
    `sources: ${sources.join(', ')}`,
    `targets: ${targets.join(', ')}`,
    `workflows: ${modes.join(', ')}`,
  ];
  return { isValid, text: lines.join('\n') };
}

async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new Refusal(`${folder} cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`, 0);
  });
  const files: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile() && /\.(ya?ml|liquid)$/.test(one.name))) {
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path).split(sep).join('/')] = await readFile(path, 'utf8');
  }
  return files;
}
