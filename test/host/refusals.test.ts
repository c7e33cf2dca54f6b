import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostError } from '../../host/host-error.ts';
import { HostKeys } from '../../host/keys/host-keys.ts';
import { readOptions } from '../../host/read-options.ts';
import { startHost } from '../../host/start-host.ts';
import { scratchFolder } from './support/host-process.ts';

let scratch: ReturnType<typeof scratchFolder>;

beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

/** Starts an app with the files given, which is expected to be refused, and gives the message. */
async function refusal(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(scratch.path, 'app');
  mkdirSync(folder);
  for (const [name, content] of Object.entries({
    'package.json': '{"main":"main.mjs"}',
    'host.json': '{"version":"2.0"}',
    'main.mjs': '',
    ...files,
  }))
    writeFileSync(join(folder, name), content);
  const host = startHost({ folder, port: 0, dataFolder: join(scratch.path, 'data'), serviceBusPort: 0 });
  const error: unknown = await host.then(
    (running) => running.stop(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HostError);
  return error instanceof HostError ? error.message : '';
}

describe('A host refuses to start, with a message that names the file and what is wrong with it,', () => {
  it.each([
    ['host.json is no JSON', { 'host.json': '{"version":"2.0",' }, /host\.json is not valid JSON: /],
    ['host.json has another version', { 'host.json': '{"version":"1.0"}' }, /host\.json is not as expected: version: expected "2\.0"/],
    [
      'a limit is zero',
      { 'host.json': '{"version":"2.0","extensions":{"durableTask":{"maxConcurrentActivityFunctions":0}}}' },
      /host\.json .*extensions\.durableTask\.maxConcurrentActivityFunctions: /,
    ],
    [
      'a task hub has a name that Azure Storage does not take',
      { 'host.json': '{"version":"2.0","extensions":{"durableTask":{"hubName":"my-hub"}}}' },
      /host\.json .*extensions\.durableTask\.hubName: expected 3 to 45 letters and digits/,
    ],
    [
      'a task hub is named by an app setting that is not set',
      { 'host.json': '{"version":"2.0","extensions":{"durableTask":{"hubName":"%HUB_OF_NOBODY%"}}}' },
      /host\.json .*extensions\.durableTask\.hubName: the app setting HUB_OF_NOBODY is not set/,
    ],
    [
      'instances may be overridden in states that there are not',
      { 'host.json': '{"version":"2.0","extensions":{"durableTask":{"overridableExistingInstanceStates":"All"}}}' },
      /host\.json .*extensions\.durableTask\.overridableExistingInstanceStates: .*"NonRunningStates"\|"AnyState"/,
    ],
    [
      'versions are matched in a way that there is not',
      { 'host.json': '{"version":"2.0","extensions":{"durableTask":{"versionMatchStrategy":"Newest"}}}' },
      /host\.json .*extensions\.durableTask\.versionMatchStrategy: .*"Strict"/,
    ],
    [
      'a duration is prose',
      { 'host.json': '{"version":"2.0","functionTimeout":"5 minutes"}' },
      /host\.json .*functionTimeout: expected .*00:05:00/,
    ],
    [
      'local.settings.json has an object for a value',
      { 'local.settings.json': '{"Values":{"A":{}}}' },
      /local\.settings\.json is not as expected: Values\.A: /,
    ],
    [
      'servicebus.json has no namespaces',
      { 'servicebus.json': '{"UserConfig":{}}' },
      /servicebus\.json is not as expected: .*UserConfig\.Namespaces/,
    ],
    [
      'package.json names no file that exists',
      { 'package.json': '{"main":"missing/*.js"}' },
      /package\.json: "main" is "missing\/\*\.js", but no such file/,
    ],
    [
      'the entry file says several things',
      { 'main.mjs': 'throw new Error("Settings are wrong:\\nA: is missing\\nB: is missing");' },
      /main\.mjs could not be loaded: Settings are wrong:\nA: is missing\nB: is missing/,
    ],
    ['the entry file cannot be loaded', { 'main.mjs': 'throw new Error("half an app");' }, /main\.mjs could not be loaded: half an app/],
    ['the entry file registers nothing', { 'main.mjs': '' }, /main\.mjs registered no function/],
  ])('where %s', async (_, files, message) => {
    expect(await refusal(files)).toMatch(message);
  });

  it('where the keys are damaged', async () => {
    const data = join(scratch.path, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'keys.json'), '{"functionKeys":{"default":7},"systemKeys":{}}');
    expect(await refusal({})).toMatch(
      /keys\.json is not as expected: functionKeys\.default: .*\. Restore it, or delete it; the host then makes new keys/,
    );
    writeFileSync(join(data, 'keys.json'), '{"functionKeys":');
    expect(() => HostKeys.open(data)).toThrow(/keys\.json is not valid JSON: line 1: /);
  });
});

describe('The command line', () => {
  it('has defaults, which variables and arguments override', () => {
    expect(readOptions(['app'], {})).toMatchObject({ folder: 'app', port: undefined, dataFolder: '.gatehouse' });
    expect(readOptions(['app'], { PORT: '8080', GATEHOUSE_DATA_DIR: 'elsewhere' })).toMatchObject({ port: 8080, dataFolder: 'elsewhere' });
    expect(readOptions(['app', '--port', '0', '--data', 'd', '--servicebus-port', '5672'], { PORT: '8080' })).toMatchObject({
      port: 0,
      dataFolder: 'd',
      serviceBusPort: 5672,
    });
  });

  it('is refused with the name of what is wrong', () => {
    expect(() => readOptions(['app', '--prot', '1'], {})).toThrow(/--prot.*Usage: /s);
    expect(() => readOptions([], {})).toThrow(/Usage: /);
    expect(() => readOptions(['app', '--port', 'http'], {})).toThrow('--port is "http", which is no port');
    expect(() => readOptions(['app'], { PORT: '70000' })).toThrow('PORT is "70000", which is no port');
  });
});
