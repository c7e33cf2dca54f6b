/** How a metric is told: `counter` adds up, `histogram` spreads, `gauge` is how something stands now. */
export type Metric = {
  readonly kind: 'counter' | 'histogram' | 'gauge';
  /** A unit of UCUM, or a thing in braces (https://opentelemetry.io/docs/specs/semconv/general/metrics/#units). */
  readonly unit: string;
  readonly tells: string;
  /** What it is told apart by: few values each, and none that names a person. */
  readonly by: readonly string[];
};

/** Every metric of Gatehouse. The queries in `infra/queries` and the workbook go by these names and no others. */
export const metricTable = {
  'gatehouse.events': {
    kind: 'counter',
    unit: '{event}',
    tells: 'events that were folded, by what became of them',
    by: ['source', 'outcome'],
  },
  'gatehouse.runs': { kind: 'counter', unit: '{run}', tells: 'runs that ended, by how', by: ['workflow', 'lane', 'outcome'] },
  'gatehouse.steps': { kind: 'counter', unit: '{step}', tells: 'steps that settled, by how', by: ['workflow', 'task', 'state'] },
  'gatehouse.containment.duration': {
    kind: 'histogram',
    unit: 's',
    tells: 'from taking the event in to the end of the run that closed access',
    by: ['workflow', 'outcome'],
  },
  'gatehouse.target.requests': {
    kind: 'counter',
    unit: '{request}',
    tells: 'requests to other systems, by answer',
    by: ['server', 'status'],
  },
  'gatehouse.target.duration': { kind: 'histogram', unit: 's', tells: 'how long other systems take to answer', by: ['server'] },
  'gatehouse.quota.used': {
    kind: 'gauge',
    unit: '1',
    tells: 'the share of a target’s quota that is used now, 0 to 1',
    by: ['quota', 'limit'],
  },
  'gatehouse.quota.throttled': {
    kind: 'counter',
    unit: '{answer}',
    tells: 'answers 429: the target said that it was too much',
    by: ['quota'],
  },
  'gatehouse.brakes.tripped': { kind: 'gauge', unit: '{hold}', tells: 'what brakes hold now and somebody has to decide', by: [] },
  'gatehouse.holds.open': { kind: 'gauge', unit: '{hold}', tells: 'everything that waits for a decision, by its reason', by: ['code'] },
  'gatehouse.paused': { kind: 'gauge', unit: '1', tells: '1 while everything is paused by hand', by: [] },
  'gatehouse.runs.open': {
    kind: 'gauge',
    unit: '{run}',
    tells: 'runs by state, of those that are not over and those that ended unknown',
    by: ['state'],
  },
  'gatehouse.runs.unknown.age': { kind: 'gauge', unit: 's', tells: 'how long the oldest run has been unknown; 0 where none is', by: [] },
  'gatehouse.queue.age': {
    kind: 'gauge',
    unit: 's',
    tells: 'how long the oldest event has waited to be folded; 0 where none does',
    by: [],
  },
  'gatehouse.queue.waiting': { kind: 'gauge', unit: '{event}', tells: 'events that wait to be folded', by: [] },
  'gatehouse.sweep.age': { kind: 'gauge', unit: 's', tells: 'since the last sweep of leavers that went through began', by: [] },
  'gatehouse.subscription.left': {
    kind: 'gauge',
    unit: 's',
    tells: 'until a subscription to a tenant’s changes runs out; below 0 it has',
    by: ['target', 'resource'],
  },
  'gatehouse.baseline.missing': { kind: 'gauge', unit: '{source}', tells: 'sources that were never looked at as a whole', by: [] },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metricTable;

/** What a metric is told apart by. */
export type MetricLabels<Name extends MetricName> = { readonly [Label in (typeof metricTable)[Name]['by'][number]]: string };
