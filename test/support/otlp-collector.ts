import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

// OTLP in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), as much of it as is looked at.
const value = z.object({ stringValue: z.string().optional(), intValue: z.union([z.string(), z.number()]).optional() });
const attributes = z.array(z.object({ key: z.string(), value: value.loose() })).default([]);
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes,
});
const point = z.object({
  attributes,
  asDouble: z.number().optional(),
  asInt: z.union([z.string(), z.number()]).optional(),
  count: z.union([z.string(), z.number()]).optional(),
});
const points = z.object({ dataPoints: z.array(point.loose()) }).optional();
const metric = z.object({ name: z.string(), unit: z.string(), sum: points, gauge: points, histogram: points });
const record = z.object({ body: value, traceId: z.string().optional(), attributes });
const traces = z.object({ resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })) });
const metrics = z.object({ resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })) });
const logs = z.object({ resourceLogs: z.array(z.object({ scopeLogs: z.array(z.object({ logRecords: z.array(record) })) })) });

export type ToldSpan = z.infer<typeof span>;
export type ToldMetric = z.infer<typeof metric>;
export type ToldLine = z.infer<typeof record>;

/** A collector of its own: takes OTLP over HTTP in JSON and keeps it, and all that was sent as text. */
export type Collector = {
  readonly url: string;
  spans(): readonly ToldSpan[];
  metrics(): readonly ToldMetric[];
  lines(): readonly ToldLine[];
  everything(): string;
  stop(): Promise<void>;
};

/** Starts one on a free port. */
export async function startCollector(): Promise<Collector> {
  const bodies = { '/v1/traces': [] as string[], '/v1/metrics': [] as string[], '/v1/logs': [] as string[] };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url !== undefined && request.url in bodies) bodies[request.url as keyof typeof bodies].push(body);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () =>
      bodies['/v1/traces'].flatMap((body) =>
        traces.parse(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    metrics: () =>
      bodies['/v1/metrics'].flatMap((body) =>
        metrics.parse(JSON.parse(body)).resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics)),
      ),
    lines: () =>
      bodies['/v1/logs'].flatMap((body) =>
        logs.parse(JSON.parse(body)).resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
      ),
    everything: () => Object.values(bodies).flat().join('\n'),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The value of an attribute, as text. */
export function told(one: { readonly attributes: z.infer<typeof attributes> }, name: string): string | undefined {
  const found = one.attributes.find(({ key }) => key === name)?.value;
  return found?.stringValue ?? (found?.intValue === undefined ? undefined : String(found.intValue));
}
