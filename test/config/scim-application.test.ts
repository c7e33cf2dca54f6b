import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configWithConfigCat } from '../connectors/scim/configcat-config.ts';
import { mistakesOf } from './config-with.ts';

let shown: string;
const folders: string[] = [];
beforeAll(async () => {
  shown = await configWithConfigCat();
  folders.push(shown);
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function mistakesWith(file: string, from: string, to: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-config-'));
  folders.push(folder);
  await cp(shown, folder, { recursive: true });
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
  return mistakesOf(folder);
}

const mapping = 'mappings/configcat.yaml';
const cases = [
  [
    'a follower of what has no accounts',
    'targets.yaml',
    'follows: entra:contoso',
    'follows: mail:contoso',
    'is no target of kind ad, entra or oci',
  ],
  [
    'a setting that is not an application’s',
    'targets.yaml',
    'GATEHOUSE_SCIM_CONFIGCAT_URL',
    'CONFIGCAT_URL',
    'begins with GATEHOUSE_SCIM_',
  ],
  ['a way to sign in that there is not', 'targets.yaml', 'kind: bearer', 'kind: password', 'auth'],
  ['a profile that there is not', 'targets.yaml', 'groupsBy: externalId', 'profile: azure', 'must be rfc7644, entra, aadOptscim062020'],
  [
    'an attribute that the followed account does not have',
    mapping,
    '[userPrincipalName]',
    '[userPrincipleName]',
    'Did you mean "userPrincipalName"?',
  ],
  ['a match that no expression gives', mapping, 'match: [externalId]', 'match: [employeeNumber]', 'gives no expression for employeeNumber'],
  [
    'an `active` that says the same of all',
    mapping,
    '"False", "True", "True", "False"',
    '"False", "True", "True", "True"',
    'must give two values',
  ],
  ['an `active` that goes by something else', mapping, '[IsSoftDeleted]', '[workerType]', 'there is no attribute [workerType]'],
  ['no name to sign in with', mapping, "  userName: '[userPrincipalName]'\n", '', 'leaves out userName'],
] as const;

describe('An application that speaks SCIM, in the configuration', () => {
  it('loads as its page shows it', () => {
    expect(mistakesOf(shown)).toEqual([]);
  });

  it.each(cases)('is checked: %s is named', async (_, file, from, to, message) => {
    expect(await mistakesWith(file, from, to)).toContainEqual(expect.stringContaining(message));
  });

  it('has a mapping without `match` matched by externalId, and other kinds of target none', async () => {
    expect(await mistakesWith(mapping, 'match: [externalId]\n', '')).toEqual([]);
    expect(await mistakesWith('mappings/oci.yaml', 'target: oci:contoso\n', 'target: oci:contoso\nmatch: [userName]\n')).toContainEqual(
      expect.stringContaining('is for targets of kind scim'),
    );
  });
});
