// The sender of bench/ingest, a process of its own so that it competes with the product for the processor only, not for an event loop. Its order comes as JSON
// in the first argument, its result goes to the parent as one message.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { SendOrder, SendResult } from './send-order.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as SendOrder;
const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
const total = order.perSecond * order.seconds;
const latencies: number[] = [];
const statuses: Record<string, number> = {};
const startedAt = performance.now();

/** When the event is to be sent. Latency counts from then, whether or not the sender or a connection was free: a slow answer must not hide those behind it. */
const scheduled = (index: number): number => startedAt + (index * 1000) / order.perSecond;

const bodyOf = (index: number): string =>
  JSON.stringify({
    id: `bench-${index}`,
    occurredAt: new Date().toISOString(),
    worker: {
      workerId: String(300_000 + index),
      status: 'prehire',
      workerType: index % 3 === 2 ? 'contractor' : 'employee',
      name: { given: `Given${index % 97}`, family: `Family${index % 89}` },
      jobTitle: 'Engineer',
      jobCode: 'ENG1',
      department: 'Platform',
      costCenter: 'CC-100',
      company: 'Contoso',
      location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
      managerId: '10010',
      hireDate: order.hireDate,
      timeZone: 'Europe/Lisbon',
    },
  });

function send(index: number): Promise<void> {
  const body = bodyOf(index);
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', order.secret).update(`${time}.${body}`).digest('hex');
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Gatehouse-Signature': `t=${time},v1=${signature}`,
  };
  return new Promise((resolve) => {
    const settle = (status: string): void => {
      latencies.push(performance.now() - scheduled(index));
      statuses[status] = (statuses[status] ?? 0) + 1;
      resolve();
    };
    const sending = request(order.url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => settle(String(answer.statusCode)));
    });
    sending.on('error', (error) => settle(error.message)).end(body);
  });
}

const answers: Promise<void>[] = [];
for (let index = 0; index < total;) {
  for (; index < total && scheduled(index) <= performance.now(); index += 1) answers.push(send(index));
  await new Promise((resume) => setTimeout(resume, Math.max(0, scheduled(index) - performance.now())));
}
const sendingMs = performance.now() - startedAt;
await Promise.all(answers);
agent.destroy();
const result: SendResult = { sent: total, sendingMs, statuses, latencies };
process.send?.(result, () => process.disconnect());
