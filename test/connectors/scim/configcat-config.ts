import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
/** The workflows in which the application is to stand beside OCI. */
const workflows = [
  'joiner-cloud',
  'mover',
  'mover-access-ends',
  'leaver-contain',
  'leaver-strip',
  'leaver-delete',
  'rehire-cloud',
  'renamed',
];
const notThere = /set-manager|remove-credentials|remove-app-roles/;

/** The shipped configuration with ConfigCat in it, by the very lines that docs/connectors.md shows. Answers its folder. */
export async function configWithConfigCat(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-configcat-'));
  await cp(join(root, 'config'), folder, { recursive: true });
  const shown = await shownBlocks();
  await edit(join(folder, 'targets.yaml'), (text) => text.replace('targets:\n', `targets:\n${shown('config/targets.yaml')}`));
  await writeFile(join(folder, 'mappings/configcat.yaml'), shown('config/mappings/configcat.yaml'));
  await edit(join(folder, 'access.yaml'), (text) =>
    text
      .replace('entitlements:\n', `entitlements:\n${shown('config/access.yaml, entitlements')}`)
      .replace('rules:\n', `rules:\n${shown('config/access.yaml, rules')}`),
  );
  for (const id of workflows) await edit(join(folder, `workflows/${id}.yaml`), besideOci);
  return folder;
}

/** The blocks of the page that begin with the name of a file. */
async function shownBlocks(): Promise<(name: string) => string> {
  const page = await readFile(join(root, 'docs/connectors.md'), 'utf8');
  const blocks = new Map([...page.matchAll(/```yaml\n# (config\/[^\n]+)\n([^]*?)```/g)].map(([, name = '', text = '']) => [name, text]));
  return (name) => {
    const text = blocks.get(name);
    if (text === undefined) throw new Error(`docs/connectors.md shows no ${name}.`);
    return text;
  };
}

/** Each step for OCI once more for the application. */
function besideOci(text: string): string {
  const twice = (line: string): readonly string[] => {
    if (!line.includes('oci:contoso') || notThere.test(line)) return [line];
    return [line, line.replace('oci:contoso', 'scim:configcat').replace(/(id: [a-z-]*?)oci/, '$1configcat')];
  };
  return text.split('\n').flatMap(twice).join('\n');
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}
