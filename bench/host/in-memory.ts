// The same orchestrations on the in-memory backend of @microsoft/durabletask-js, in a process of its own as the host is. How many comes as the first argument,
// the result goes to the parent as one message.
import { InMemoryOrchestrationBackend, TestOrchestrationClient, TestOrchestrationWorker } from '@microsoft/durabletask-js';
import type { ActivityContext, OrchestrationContext, Task } from '@microsoft/durabletask-js';

// The test worker logs every event to the console, and takes no other logger: printing is no part of what is measured.
for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) console[method] = () => {};

const count = Number(process.argv[2]);
const warmUp = Number(process.argv[3]);

async function* fiveSteps(context: OrchestrationContext, input: number): AsyncGenerator<Task<number>, number, number> {
  let number = input;
  for (let done = 0; done < 5; done += 1) number = yield context.callActivity(step, number);
  return number;
}

function step(_: ActivityContext, number: number): number {
  return number + 1;
}

async function run(client: TestOrchestrationClient, prefix: string, instances: number): Promise<number> {
  const ids = Array.from({ length: instances }, (_, index) => `${prefix}-${index}`);
  for (const [index, id] of ids.entries()) await client.scheduleNewOrchestration(fiveSteps, index, id);
  const ends = await Promise.all(ids.map((id) => client.waitForOrchestrationCompletion(id, true, 300)));
  return ends.filter((end, index) => end?.serializedOutput === String(index + 5)).length;
}

const backend = new InMemoryOrchestrationBackend();
const worker = new TestOrchestrationWorker(backend);
worker.addOrchestrator(fiveSteps);
worker.addActivity(step);
const client = new TestOrchestrationClient(backend);
await worker.start();
await run(client, 'warm', warmUp);
const before = process.cpuUsage();
const startedAt = performance.now();
const completed = await run(client, 'five', count);
const tookMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
process.send?.({ completed, perSecond: (count * 1000) / tookMs, cpuMsEach: (user + system) / 1000 / count });
await worker.stop();
