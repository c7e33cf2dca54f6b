import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseBicep } from './bicep-file.ts';
import { bicep, fileOf } from './infra.ts';

const files = [...bicep.values()];
const used = files.flatMap((file) =>
  file.modules.map((use) => ({ ...use, by: file.path, target: normalize(join(dirname(file.path), use.path)).replace(/^infra\//, '') })),
);

describe('the files of infra/', () => {
  it('are Bicep, by its grammar', () => {
    expect(files.flatMap(({ errors }) => errors)).toEqual([]);
    expect(files.length).toBeGreaterThan(25);
  });

  it('would be refused by the grammar where they are not', () => {
    expect(parseBicep('broken.bicep', "param name string = \nresource x 'A/b@1' = {").errors).not.toEqual([]);
  });

  it('have at most 300 lines, and those of one resource at most 150', () => {
    const long = files.filter(({ path, text }) => text.split('\n').length > (path.includes('/modules/') ? 150 : 300));
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('say of every parameter and output what it is', () => {
    const silent = files.flatMap(({ path, parameters }) =>
      parameters
        .filter(({ decorators }) => !decorators.some((one) => one.startsWith('@description(')))
        .map(({ name }) => `${path} ${name}`),
    );
    const outputs = files.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<!\)\n)^output (\w+)/gm)].map(([, name = '']) => `${path} ${name}`),
    );
    expect([...silent, ...outputs]).toEqual([]);
  });

  it('declare no parameter that they do not read', () => {
    const idle = files.flatMap(({ path, parameters, read }) =>
      parameters.filter(({ name }) => !read.has(name)).map(({ name }) => `${path} ${name}`),
    );
    expect(idle).toEqual([]);
  });
});

describe('the files that infra/ loads', () => {
  it('are there, and are what they are loaded as', () => {
    const loaded = files.flatMap(({ path, text }) =>
      [...text.matchAll(/load(Text|Json)Content\('([^']+)'\)/g)].map(([, kind = '', file = '']) => ({
        kind,
        file: join(dirname(path), file),
      })),
    );
    expect(loaded.length).toBeGreaterThan(6);
    for (const { kind, file } of loaded) {
      const content = readFileSync(file, 'utf8');
      if (kind === 'Json' || file.endsWith('.json')) expect(() => JSON.parse(content) as unknown, file).not.toThrow();
      else expect(content, file).toContain('| where');
    }
  });
});

describe('the modules of infra/', () => {
  it('are all used, and what is used is there', () => {
    expect(used.filter(({ target }) => !bicep.has(target)).map(({ by, path }) => `${by} uses ${path}`)).toEqual([]);
    const idle = [...bicep.keys()].filter((path) => path !== 'main.bicep' && !used.some(({ target }) => target === path));
    expect(idle).toEqual([]);
  });

  it('are given every parameter that they require, and none that they do not have', () => {
    const wrong = used.flatMap(({ by, symbol, target, parameters }) => {
      const known = bicep.get(target)?.parameters ?? [];
      const missing = known
        .filter(({ name, isRequired }) => isRequired && !parameters.includes(name))
        .map(({ name }) => `${by} ${symbol} lacks ${name}`);
      return [
        ...missing,
        ...parameters.filter((name) => !known.some((one) => one.name === name)).map((name) => `${by} ${symbol} has no ${name}`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('are asked for outputs that they have, and for each of them by somebody', () => {
    const asked = files.flatMap((file) =>
      file.outputsUsed.flatMap(({ module, output }) =>
        used.filter(({ by, symbol }) => by === file.path && symbol === module).map(({ target }) => ({ by: file.path, target, output })),
      ),
    );
    expect(asked.length).toBeGreaterThan(60);
    expect(asked.filter(({ target, output }) => !fileOf(target).outputs.includes(output))).toEqual([]);
    const idle = [...bicep].flatMap(([path, { outputs }]) =>
      path === 'main.bicep'
        ? []
        : outputs
            .filter((output) => !asked.some((one) => one.target === path && one.output === output))
            .map((output) => `${path} ${output}`),
    );
    expect(idle).toEqual([]);
  });

  it('use one version of each type of resource, and say where its shape is described', () => {
    const versions = new Map<string, Set<string>>();
    for (const { resources } of files)
      for (const { type, version } of resources) versions.set(type, (versions.get(type) ?? new Set()).add(version));
    expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
    const silent = files.filter(
      ({ resources, text }) => resources.some(({ isExisting }) => !isExisting) && !text.includes('https://learn.microsoft.com/'),
    );
    expect(silent.map(({ path }) => path).filter((path) => path !== 'infra/main.bicep')).toEqual([]);
  });
});

describe('secrets', () => {
  it('are nowhere in infra/, azure.yaml and scripts/azure: neither values, nor keys that Azure would be asked for', () => {
    const folders = ['infra', 'scripts/azure'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.\w+$/.test(file))
        .map((file) => join(folder, file)),
    );
    const suspicious =
      /listKeys|listCredentials|AccountKey=|SharedAccessKey=|administratorLoginPassword|sharedKey:|[A-Za-z0-9+/]{43}=|-----BEGIN|password\s*[:=]\s*['"][^'"]/i;
    expect([...folders, 'azure.yaml'].filter((file) => suspicious.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(files.flatMap(({ parameters }) => parameters).filter(({ decorators }) => decorators.includes('@secure()'))).toEqual([]);
  });

  it('are never what a service lets somebody in by', () => {
    const off = {
      'storage-account': 'allowSharedKeyAccess: false',
      'service-bus': 'disableLocalAuth: true',
      'app-insights': 'DisableLocalAuth: true',
      postgres: "passwordAuth: 'Disabled'",
      'key-vault': 'enableRbacAuthorization: true',
    };
    expect(Object.entries(off).filter(([name, line]) => !fileOf(`modules/${name}.bicep`).text.includes(line))).toEqual([]);
    expect(fileOf('modules/function-app.bicep').text.match(/properties: \{ allow: false \}/g)).toHaveLength(2);
  });
});

describe('the queues', () => {
  const queue = z.object({ Name: z.string() });
  const names = z
    .object({ UserConfig: z.object({ Namespaces: z.tuple([z.object({ Queues: z.array(queue) })]) }) })
    .parse(JSON.parse(readFileSync('servicebus.json', 'utf8')))
    .UserConfig.Namespaces[0].Queues.map(({ Name }) => Name);

  it('are those of servicebus.json, each sent to by somebody and received from by one', () => {
    expect(fileOf('modules/service-bus.bicep').text).toContain("loadJsonContent('../../servicebus.json')");
    const access = fileOf('access.bicep').text;
    const listed = (key: string) =>
      [...access.matchAll(new RegExp(`${key}: \\[(.*)\\]`, 'g'))].flatMap(([, list = '']) => list.match(/[\w-]+/g) ?? []);
    expect([...new Set(listed('sends'))].toSorted()).toEqual(names.toSorted());
    expect(listed('receives').toSorted()).toEqual(names.toSorted());
  });
});

const compiler = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'bicep'))
  .find((path) => existsSync(path));
// Neither npm nor Debian has the compiler; where somebody has installed it, it has the last word.
if (compiler !== undefined) {
  it('the compiler makes a template of infra/main.bicep', () => {
    expect(execFileSync(compiler, ['build', '--stdout', 'infra/main.bicep'], { encoding: 'utf8' })).toContain('"$schema"');
  });
}
