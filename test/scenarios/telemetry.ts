import { describe, expect, it } from 'vitest';
import { logFields } from '../../shared/ports/log-fields.ts';
import { metricTable } from '../../shared/telemetry/metric-table.ts';
import { spanAttributes } from '../../shared/telemetry/span-attributes.ts';
import { type Collector, told, type ToldSpan } from '../support/otlp-collector.ts';
import { type Gatehouse, until } from '../support/product.ts';
import { runsOf, stepsOf } from './runs.ts';

/** The trace that HR's own system was in when it told of Zoë. */
export const hrTrace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

type Told = { readonly stage: () => Gatehouse; readonly collector: () => Collector };

/** What a hire leaves at a collector while the product is running. */
export function hiresAreTold({ stage, collector }: Told): void {
  const spans = () =>
    collector()
      .spans()
      .filter(({ traceId }) => traceId === hrTrace.traceId);

  describe('The trace of a hire', () => {
    it('goes from HR’s own span through the webhook, the queue, the fold and the run to every step and every request, without a gap', async () => {
      const run = (await runsOf(stage(), '10042')).find(({ workflow }) => !workflow.startsWith('page-'));
      const { steps } = await stepsOf(stage(), run?.id ?? '');
      await until('the last span of the hire is here', async () => ofRun(run?.id).some(({ name }) => name === 'end-run'));
      const all = spans();
      const known = new Map(all.map((span) => [span.spanId, span]));
      expect(
        all.filter(({ parentSpanId = '' }) => parentSpanId !== hrTrace.spanId && !known.has(parentSpanId)).map(({ name }) => name),
      ).toEqual([]);

      const end = ofRun(run?.id).find(({ name }) => name === 'end-run');
      expect(wayTo(end, known)).toEqual([
        'POST /api/hr/{source}',
        'send lifecycle-events',
        'process lifecycle-events',
        'fold',
        `run ${run?.workflow}`,
        'end-run',
      ]);
      const performed = new Set(ofRun(run?.id).map((span) => told(span, 'gatehouse.step.id')));
      expect(steps.filter(({ stepId }) => !performed.has(stepId))).toEqual([]);
      const requests = all.filter(({ kind }) => kind === clientKind);
      expect(requests.some(({ name }) => name === 'GET /v1.0/users/*')).toBe(true);
      expect(requests.some(({ name }) => name === 'LDAP')).toBe(true);
      expect(requests.some(({ name }) => name === 'POST /admin/v1/Users')).toBe(true);
      expect(requests.every((request) => wayTo(request, known)[0] === 'POST /api/hr/{source}')).toBe(true);
    });

    it('is in every line of the log about it, with run, person and step', async () => {
      const isOfHire = (line: { traceId?: string | undefined }) => line.traceId === hrTrace.traceId;
      await until('the run is told of', async () =>
        collector()
          .lines()
          .some((line) => isOfHire(line) && line.body.stringValue === 'A run ended.'),
      );
      const settled = collector()
        .lines()
        .filter((line) => isOfHire(line) && line.body.stringValue === 'A step settled.');
      expect(settled.length).toBeGreaterThan(5);
      expect(settled.every((line) => ['runId', 'personId', 'stepId', 'workflow'].every((field) => told(line, field) !== undefined))).toBe(
        true,
      );
      const printed = stage()
        .process.output()
        .split('\n')
        .filter((line) => line.includes('A step settled.') && line.includes(`"traceId":"${hrTrace.traceId}"`));
      expect(printed).toHaveLength(settled.length);
    });

    function ofRun(runId: string | undefined): readonly ToldSpan[] {
      return spans().filter((span) => told(span, 'gatehouse.run.id') === runId);
    }
  });
}

// OTLP's SPAN_KIND_CLIENT.
const clientKind = 3;

function wayTo(span: ToldSpan | undefined, known: ReadonlyMap<string, ToldSpan>): readonly string[] {
  if (span === undefined) return [];
  return [...wayTo(known.get(span.parentSpanId ?? ''), known), span.name];
}

/** What the stopped product has told in all: metrics by the table, and nobody by name. */
export function tellingNamesNobody({ stage, collector }: Told): void {
  describe('What was told', () => {
    it('are metrics, span attributes and log fields of the tables and no others, each with its unit', () => {
      const units = new Map<string, string>(Object.entries(metricTable).map(([name, { unit }]) => [name, unit]));
      const metrics = collector().metrics();
      expect(metrics.filter(({ name, unit }) => units.get(name) !== unit)).toEqual([]);
      const names = new Set(metrics.map(({ name }) => name));
      for (const name of [
        'gatehouse.events',
        'gatehouse.runs',
        'gatehouse.steps',
        'gatehouse.quota.used',
        'gatehouse.queue.age',
        'gatehouse.brakes.tripped',
        'gatehouse.baseline.missing',
      ])
        expect([...names]).toContain(name);
      const attributes = new Set(
        collector()
          .spans()
          .flatMap((span) => span.attributes.map(({ key }) => key)),
      );
      expect([...attributes].filter((key) => !(key in spanAttributes))).toEqual([]);
      const fields = new Set(
        collector()
          .lines()
          .flatMap((line) => line.attributes.map(({ key }) => key)),
      );
      expect([...fields].filter((key) => !(key in logFields))).toEqual([]);
    });

    it('names no person, no sign-in name, address or number, no pass and no password, neither at the collector nor in print', async () => {
      const everything = `${collector().everything()}\n${stage().process.output()}`;
      expect(everything.length).toBeGreaterThan(100_000);
      const secrets = JSON.parse(JSON.stringify(await stage().world.get('/secrets'))) as { value: string }[];
      const planted = [...personal, ...secrets.map(({ value }) => value), ...ownSecrets];
      const found = planted.filter((one) => appears(one, everything));
      expect(found).toEqual([]);
    });

    it('would be found out if it named somebody', () => {
      for (const one of personal)
        expect(appears(one, `{"body":{"stringValue":"Hired ${JSON.stringify(one).slice(1, -1)} today"}}`)).toBe(true);
    });
  });
}

/** Everything by which those are known who are hired here, in the spellings that the systems use. */
const personal = [
  'Zoë',
  'Zoe',
  'O’Brien',
  "O'Brien",
  'obrien',
  'Moreau',
  'Margarida',
  'Vasconcelos',
  'zoe@example.net',
  '210 000 000',
  '+351',
  '@contoso.example',
  '@corp.contoso',
  '%40contoso',
  'CN=',
];
const ownSecrets = ['sandbox-hr-secret', 'sandbox-graph-secret', 'sandbox-oci-secret', 'sandbox-ad-secret', 'sandbox-hr-api-key'];

/** Whatever its case, and also as JSON or a URL writes it. */
function appears(one: string, text: string): boolean {
  const forms = [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)];
  return forms.some((form) => text.toLowerCase().includes(form.toLowerCase()));
}
