import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readHostSettings } from '../../host/settings/read-host-settings.ts';
import { createAppRegistry, registerFunction } from '../../host/worker/app-registry.ts';
import { requireSupported } from '../../host/worker/require-supported.ts';
import type { RpcBinding } from '../../host/worker/rpc-types.ts';
import { scratchFolder } from './support/host-process.ts';

const http: RpcBinding = { type: 'httpTrigger', direction: 'in' };
const trigger: RpcBinding = { type: 'serviceBusTrigger', direction: 'in', connection: 'C' };
const output: RpcBinding = { type: 'serviceBus', direction: 'out', connection: 'C' };

function check(bindings: Readonly<Record<string, RpcBinding>>): void {
  const app = createAppRegistry();
  registerFunction(app, { name: 'f', bindings }, () => undefined);
  requireSupported(app);
}

it.each([
  [
    'the messages of the SDK',
    { m: { ...trigger, queueName: 'q', sdkBinding: true } },
    /"f" asks for the messages of the SDK \(sdkBinding\)/,
  ],
  ['a trigger without a queue', { m: trigger }, /"f" has a Service Bus trigger without a queueName/],
  ['a topic trigger without a subscription', { m: { ...trigger, topicName: 't' } }, /or a topicName and a subscriptionName\. Name them/],
  ['an output without a queue or topic', { r: http, $return: output }, /"f" has a Service Bus output without a queueName or topicName/],
  ['a Service Bus input', { r: http, i: { ...output, direction: 'in', queueName: 'q' } }, /has the binding "i" of type serviceBus/],
])('a function that asks for %s is refused by name', (_, bindings, problem) => {
  expect(() => check(bindings)).toThrow(problem);
});

it('queue and topic triggers, one by one or in batches, and outputs are taken', () => {
  check({ m: { ...trigger, topicName: 't', subscriptionName: 's', cardinality: 'many' }, $return: { ...output, queueName: 'q' } });
  check({ m: { ...trigger, queueName: 'q', isSessionsEnabled: true }, o: { ...output, topicName: 't' } });
});

it('a smallest batch that is larger than the largest is refused, with the file', () => {
  const scratch = scratchFolder();
  const serviceBus = { minMessageBatchSize: 5, maxMessageBatchSize: 4 };
  mkdirSync(join(scratch.path, 'app'));
  writeFileSync(join(scratch.path, 'app', 'host.json'), JSON.stringify({ version: '2.0', extensions: { serviceBus } }));
  expect(() => readHostSettings(join(scratch.path, 'app'))).toThrow(
    /host\.json .*extensions\.serviceBus: minMessageBatchSize must be at most/,
  );
  rmSync(scratch.path, { recursive: true });
});
