import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { HostError } from '../../host/host-error.ts';
import { startHost } from '../../host/start-host.ts';
import { HostProcess, endOf, scratchFolder } from './support/host-process.ts';
import { copyLibrary, outsideApp } from './support/outside-app.ts';

const scratch = scratchFolder();
const hosts: HostProcess[] = [];

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.end('SIGKILL');
});
afterAll(() => scratch.remove());

async function start(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<HostProcess> {
  const data = join(folder, 'data');
  mkdirSync(data);
  const host = await HostProcess.start({ app: folder, data, environment });
  hosts.push(host);
  return host;
}

const LIBRARIES = `const loaded = () => Object.keys(require.cache).filter((file) => /@azure.functions.dist|durable-functions.lib.src.index/.test(file));`;
const DURABLE = `
  df.app.activity('double', { handler: (n) => n * 2 });
  df.app.orchestration('four', function* (context) { return yield context.df.callActivity('double', context.df.getInput()); });
  app.post('begin', { extraInputs: [df.input.durableClient()], handler: async (request, context) => {
    await df.getClient(context).startNew('four', { instanceId: 'i', input: 2 });
    return { status: 202 };
  } });
`;

async function works(host: HostProcess, folder: string): Promise<void> {
  expect(await (await fetch(`${host.url}/api/hello`)).text()).toBe('hello');
  const loaded = (await (await fetch(`${host.url}/api/loaded`)).json()) as string[];
  const own = join(realpathSync(folder), 'node_modules');
  expect(loaded.map((file) => file.startsWith(own))).toEqual([true, true]);
  expect((await fetch(`${host.url}/api/begin`, { method: 'POST' })).status).toBe(202);
  expect((await endOf(host, 'i')).output).toBe(4);
}

describe('The host runs an app outside of its checkout with the libraries that the app brings,', () => {
  it('in CommonJS, its functions in the files of a glob', async () => {
    const folder = outsideApp(scratch.path, 'commonjs', {
      'package.json': '{"name":"commonjs","main":"dist/{index.js,functions/*.js}"}',
      'host.json': '{"version":"2.0","functionTimeout":"-1","retry":{"strategy":"fixedDelay"}}',
      'local.settings.json': '{"IsEncrypted":false,"Host":{"LocalHttpPort":0}}',
      'dist/index.js': `const { app } = require('@azure/functions'); ${LIBRARIES} app.get('loaded', { handler: () => ({ jsonBody: loaded() }) });`,
      'dist/functions/hello.js': `const { app } = require('@azure/functions'); app.get('hello', { retry: { strategy: 'fixedDelay', maxRetryCount: 1, delayInterval: 1000 }, handler: () => ({ body: 'hello' }) });`,
      'dist/functions/durable.js': `const { app } = require('@azure/functions'); const df = require('durable-functions'); ${DURABLE}`,
    });
    const host = await start(folder, { PORT: '' });
    await works(host, folder);
    expect(host.url).not.toContain(':7071');
    expect(host.errors).toMatch(/warning host .*host\.json: "retry" has no effect/);
    expect(host.errors).toContain(
      'warning hello Its retry policy has no effect: a httptrigger is not retried by policy, on Azure neither.\n',
    );
  });

  it('in ESM, its functions in one TypeScript file', async () => {
    const folder = outsideApp(scratch.path, 'modules', {
      'package.json': '{"name":"modules","type":"module","main":"src/main.ts"}',
      'host.json': '{"version":"2.0"}',
      'src/main.ts': `
        import { app, type HttpResponseInit } from '@azure/functions';
        import * as df from 'durable-functions';
        import { createRequire } from 'node:module';
        const require = createRequire(import.meta.url);
        ${LIBRARIES}
        const hello = (): HttpResponseInit => ({ body: 'hello' });
        app.get('hello', { handler: hello });
        app.get('loaded', { handler: () => ({ jsonBody: loaded() }) });
        ${DURABLE}`,
    });
    await works(await start(folder), folder);
  });
});

describe('An app is refused, with the way out,', () => {
  let folder = '';
  let count = 0;
  // A folder of its own for each: Node keeps the modules that it has loaded by their paths.
  const refusal = async (files: Readonly<Record<string, string>>): Promise<string> => {
    count += 1;
    folder = outsideApp(
      scratch.path,
      `refused-${count}`,
      {
        'package.json': '{"main":"main.js"}',
        'host.json': '{"version":"2.0"}',
        'main.js': `const { app } = require('@azure/functions'); app.get('hello', { handler: () => ({}) });`,
        ...files,
      },
      ['@azure/functions'],
    );
    return messageOfRefusal(folder);
  };
  const messageOfRefusal = async (app: string): Promise<string> => {
    const host = startHost({ folder: app, port: 0, dataFolder: join(scratch.path, 'refused-data') });
    const outcome: unknown = await host.then(
      async (running) => running.stop(),
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(HostError);
    return outcome instanceof HostError ? outcome.message : '';
  };
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('where it loads two copies of @azure/functions', async () => {
    folder = outsideApp(scratch.path, 'two-copies', {
      'package.json': '{"main":"main.js"}',
      'host.json': '{"version":"2.0"}',
      'main.js': `const { app } = require('@azure/functions'); const df = require('durable-functions');
        app.get('hello', { handler: () => ({}) }); df.app.activity('a', { handler: () => 1 });`,
    });
    const modules = join(folder, 'node_modules');
    copyLibrary('@azure/functions', join(modules, 'durable-functions/node_modules/@azure/functions'));
    expect(await messageOfRefusal(folder)).toMatch(
      /^The app loads 2 copies of @azure\/functions: .*two-copies\/node_modules\/@azure\/functions, .*durable-functions\/node_modules\/@azure\/functions\. .*npm dedupe/,
    );
  });

  it('where its code has an error of syntax, with the line', async () => {
    folder = outsideApp(scratch.path, 'syntax', { 'package.json': '{"main":"main.js"}', 'main.js': 'const a = 1;\nconst b = ;' }, []);
    const host = HostProcess.launch({ app: folder, data: folder });
    hosts.push(host);
    expect([await host.exit(), host.output]).toEqual([1, '']);
    expect(host.errors).toMatch(/^.*syntax\/main\.js could not be loaded: .*syntax\/main\.js, line 2: Unexpected token ';'\n$/);
  });

  it.each([
    [
      'where it has no @azure/functions',
      { 'main.js': 'globalThis.nothing = 1;' },
      /main\.js registered no function, and did not load @azure\/functions 4\./,
    ],
    [
      'where a package is missing',
      { 'main.js': `require('not-installed')` },
      /main\.js could not be loaded: .*not-installed.*npm install in .*refused-/,
    ],
    [
      'where it is of the programming model v3, without a main',
      { 'package.json': '{"name":"old"}', 'Hello/function.json': '{}' },
      /Hello\/function\.json is of the programming model v3.*functions-node-upgrade-v4/,
    ],
    [
      'where it is of the programming model v3, with a main that registers nothing',
      { 'main.js': 'module.exports = {};', 'Hello/function.json': '{}' },
      /Hello\/function\.json is of the programming model v3/,
    ],
    ['where package.json has no main', { 'package.json': '{"name":"x"}' }, /package\.json has no "main"\./],
    ['where main is no text', { 'package.json': '{"main":7}' }, /package\.json is not as expected: main: expected the file/],
    ['where a glob matches nothing', { 'package.json': '{"main":"dist/*.js"}' }, /"main" is "dist\/\*\.js", but no such file exists/],
    [
      'where a hook of its start fails',
      {
        'main.js': `const { app } = require('@azure/functions'); app.get('a', { handler: () => ({}) }); app.hook.appStart(() => { throw new Error('no'); });`,
      },
      /A hook of the app's start \(app\.hook\.appStart\) failed: no$/,
    ],
    [
      'where a function name is taken',
      {
        'main.js': `const { app } = require('@azure/functions'); app.get('a', { handler: () => ({}) }); app.get('A', { handler: () => ({}) });`,
      },
      /main\.js could not be loaded: A function with the name "a" has already been registered/,
    ],
    [
      'where a function name is not possible',
      { 'main.js': `const { app } = require('@azure/functions'); app.get('a b', { handler: () => ({}) });` },
      /The function name "a b" is not valid/,
    ],
    [
      'where a trigger is not offered',
      {
        'main.js': `const { app } = require('@azure/functions'); app.storageQueue('a', { queueName: 'q', connection: 'c', handler: () => 1 });`,
      },
      /Function "a" has a queuetrigger, which this host does not offer/,
    ],
    [
      'where a binding is not offered',
      {
        'main.js': `const { app, output } = require('@azure/functions');
          app.get('a', { extraOutputs: [output.storageBlob({ path: 'p', connection: 'c' })], handler: () => ({}) });`,
      },
      /Function "a" has the binding ".*" of type blob \(out\), which this host does not offer/,
    ],
    [
      'where a route begins as a reserved one',
      { 'main.js': `const { app } = require('@azure/functions'); app.get('a', { route: 'administration/x', handler: () => ({}) });` },
      /Function "a": the route "administration\/x" begins with admin or runtime/,
    ],
    [
      'where two functions have one route',
      {
        'main.js': `const { app } = require('@azure/functions');
          app.get('a', { route: 'x/{id}', handler: () => ({}) }); app.http('b', { route: 'X/{id}', handler: () => ({}) });`,
      },
      /The functions "a" and "b" have the route "api\/x\/\{id\}" and a method in common/,
    ],
    [
      'where a retry policy is not understood',
      {
        'main.js': `const { app } = require('@azure/functions');
          app.timer('a', { schedule: '0 0 0 1 1 *', retry: { strategy: 'fixedDelay', maxRetryCount: -2, delayInterval: 1 }, handler: () => 1 });`,
      },
      /Function "a": its retry policy is not understood: maxRetryCount is a whole number, or -1/,
    ],
    [
      'where a schedule is not understood',
      { 'main.js': `const { app } = require('@azure/functions'); app.timer('a', { schedule: '0 0 9 L * *', handler: () => 1 });` },
      /Function "a": the schedule "0 0 9 L \* \*" is not understood \("L" is no field of NCRONTAB\)/,
    ],
    [
      'where a setting is missing',
      { 'main.js': `const { app } = require('@azure/functions'); app.timer('a', { schedule: '%WHEN%', handler: () => 1 });` },
      /Function "a" uses the setting %WHEN%, which is not set/,
    ],
    [
      'where local.settings.json is encrypted',
      { 'local.settings.json': '{"IsEncrypted":true,"Values":{"A":"CfDJ8..."}}' },
      /local\.settings\.json is encrypted.*func settings decrypt/,
    ],
    [
      'where local.settings.json is no JSON',
      { 'local.settings.json': '{\n  "Values": {\n    "A": x\n  }\n}' },
      /local\.settings\.json is not valid JSON: line 3: Unexpected token/,
    ],
    [
      'where host.json is no JSON',
      { 'host.json': '{\n  "version": "2.0",\n  "extensions": {}\n  "x": 1\n}' },
      /host\.json is not valid JSON: line 4: /,
    ],
    ['where host.json ends too early', { 'host.json': '{\n  "version": "2.0"\n' }, /host\.json is not valid JSON: line [23]: /],
  ])('%s', async (_, files, message) => {
    expect(await refusal(files)).toMatch(message);
  });
});
