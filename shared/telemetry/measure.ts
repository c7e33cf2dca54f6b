import { type Counter, type Histogram, type Meter, type MeterProvider, metrics } from '@opentelemetry/api';
import { type Metric, type MetricLabels, type MetricName, metricTable } from './metric-table.ts';

type Record = (value: number, labels: { readonly [label: string]: string }) => void;

// An instrument belongs to the provider that it was made with: none is kept across the start of an SDK.
const made = new WeakMap<MeterProvider, Map<MetricName, Record>>();

/** Tells a value of a metric, with everything that it is told apart by. Without an SDK this does nothing. */
export function measure<Name extends MetricName>(name: Name, value: number, labels: MetricLabels<Name>): void {
  const provider = metrics.getMeterProvider();
  const known = made.get(provider) ?? new Map<MetricName, Record>();
  made.set(provider, known);
  const record = known.get(name) ?? instrument(provider, name);
  known.set(name, record);
  record(value, labels);
}

// Containment is to take seconds, and a manager or a sync may take an hour.
const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900, 3600];

function instrument(provider: MeterProvider, name: MetricName): Record {
  const meter = provider.getMeter('gatehouse');
  const { kind, unit, tells: description }: Metric = metricTable[name];
  switch (kind) {
    case 'counter': {
      const counter: Counter = meter.createCounter(name, { unit, description });
      return (value, labels) => counter.add(value, labels);
    }
    case 'histogram': {
      const histogram: Histogram = meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: seconds } });
      return (value, labels) => histogram.record(value, labels);
    }
    case 'gauge':
      return gauge(meter, name, { unit, description });
  }
}

const freshMs = 3 * 60_000;

/**
 * A gauge says how something stands as long as that is known. Timers move from one instance to another: an instance that has not looked for minutes says nothing, rather than what it saw last.
 */
function gauge(meter: Meter, name: MetricName, options: { readonly unit: string; readonly description: string }): Record {
  const latest = new Map<string, { readonly value: number; readonly labels: { readonly [label: string]: string }; readonly at: number }>();
  meter.createObservableGauge(name, options).addCallback((result) => {
    for (const [key, { value, labels, at }] of latest) {
      if (performance.now() - at < freshMs) result.observe(value, labels);
      else latest.delete(key);
    }
  });
  return (value, labels) => void latest.set(JSON.stringify(labels), { value, labels, at: performance.now() });
}
