import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Client } from '../../cli/client.ts';
import type { Eye } from './eyes/eye.ts';
import type { PlainCall } from './eyes/plain-call.ts';
import { type JudgedFact, judgeFacts } from './facts/judge-facts.ts';
import { judge, type Standing } from './judge.ts';
import type { SmokeOptions } from './read-smoke-options.ts';
import type { SmokePerson } from './smoke-person.ts';
import { type Told, type ToldRun, toldOf, untilSettled } from './told.ts';
import type { Row } from './verdict.ts';

/** What the run is given. `calls` are for the facts. */
export type SmokeParts = {
  readonly options: SmokeOptions;
  readonly person: SmokePerson;
  readonly client: Client;
  readonly publicUrl: string;
  readonly eyes: readonly Eye[];
  readonly calls: { readonly graph: PlainCall; readonly oci: PlainCall | undefined };
  readonly say: (line: string) => void;
};

/** What came of it: all that was compared, and what is still there. */
export type SmokeResult = { readonly rows: readonly Row[]; readonly facts: readonly JudgedFact[]; readonly left: readonly string[] };

/** A target may show a change late: so long is looked again before it counts as a difference. */
const lateMs = 90_000;
const lookEveryMs = 3000;
const accepted = z.object({ rows: z.array(z.object({ status: z.string(), problems: z.array(z.unknown()).optional() })) });
const made = z.object({ runs: z.array(z.object({ id: z.string() })) });

/** Hires somebody, has them leave and deletes them, and after each compares what Gatehouse tells with what the targets say. Whatever goes wrong, they are out again at the end, or it is said what is left. */
export async function runSmoke(parts: SmokeParts): Promise<SmokeResult> {
  const rows: Row[] = [];
  const facts: JudgedFact[] = [];
  const phases: readonly Phase[] = [
    { name: 'hire', standing: 'open', begin: hire },
    { name: 'leave', standing: 'shut', begin: leave, moment: 'shut' },
    { name: 'delete', standing: 'gone', begin: remove, moment: 'gone' },
  ];
  let before: readonly ToldRun[] = [];
  for (const { name, standing, begin, moment } of phases) {
    parts.say(`${name}: ${parts.person.workerId} …`);
    try {
      const told = await begin(parts);
      const known = new Set(before.map(({ id }) => id));
      const runs = told.runs.filter((run) => !known.has(run.id) && run.state !== 'planned');
      rows.push(...(await untilAgreed(() => judge({ told, runs, eyes: parts.eyes, workerId: parts.person.workerId, standing }))));
      if (moment !== undefined) facts.push(...(await judgeFacts(moment, evidenceOf(parts, told, before))));
      before = told.runs;
    } catch (error) {
      rows.push({
        what: name,
        told: 'it did not come through',
        verdict: 'differs',
        found: error instanceof Error ? error.message : 'no reason given',
      });
    }
  }
  return { rows, facts, left: await leftOver(parts) };
}

type Phase = {
  readonly name: string;
  readonly standing: Standing;
  readonly begin: (parts: SmokeParts) => Promise<Told>;
  readonly moment?: 'shut' | 'gone';
};

async function hire(parts: SmokeParts): Promise<Told> {
  await send(parts, 'here');
  return settled(parts, 'the end of a run for a joiner', (runs) => runs.some(({ workflow }) => workflow.startsWith('joiner')));
}

async function leave(parts: SmokeParts): Promise<Told> {
  await send(parts, 'left');
  const workflows = ['leaver-contain', 'leaver-strip'];
  return settled(parts, `the end of ${workflows.join(' and ')}`, (runs) =>
    workflows.every((name) => runs.some(({ workflow }) => workflow === name)),
  );
}

/** Through Gatehouse, which alone may write: what this command is given needs to read only. */
async function remove(parts: SmokeParts): Promise<Told> {
  await demand(parts, 'leaver-delete');
  return demand(parts, 'erase');
}

async function demand(parts: SmokeParts, workflow: string): Promise<Told> {
  const people = [keyOf(parts)];
  const { runs } = made.parse(await parts.client.post('/api/runs', { workflow, people, reason: 'smoke test: what it made is taken away' }));
  const ids = new Set(runs.map(({ id }) => id));
  return settled(parts, `the end of ${workflow}`, (seen) => seen.some(({ id, state }) => ids.has(id) && state !== 'planned'));
}

async function send({ client, person, options }: SmokeParts, standing: 'here' | 'left'): Promise<void> {
  const bytes = new TextEncoder().encode(person.file(standing));
  const answer = accepted.parse(await client.upload(`/api/hr/${encodeURIComponent(options.source)}/csv`, bytes, 'text/csv'));
  const refused = answer.rows.find(({ status }) => status !== 'accepted');
  if (refused !== undefined) throw new Error(`Gatehouse did not take the file of workers: ${JSON.stringify(refused)}`);
}

function settled(parts: SmokeParts, what: string, isThere: (runs: readonly ToldRun[]) => boolean): Promise<Told> {
  return untilSettled(parts.client, keyOf(parts), { what, isThere }, parts.options.minutes);
}

function keyOf({ options, person }: SmokeParts): string {
  return `${options.source}:${person.workerId}`;
}

/** Compares until nothing differs, or until what differs cannot be lateness any more. */
async function untilAgreed(compare: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const limit = performance.now() + lateMs;
  for (;;) {
    const rows = await compare();
    if (rows.every(({ verdict }) => verdict !== 'differs') || performance.now() > limit) return rows;
    await pause(lookEveryMs);
  }
}

function evidenceOf({ calls, client, publicUrl }: SmokeParts, told: Told, before: readonly ToldRun[]): Parameters<typeof judgeFacts>[1] {
  const objects = [...before, ...told.runs]
    .flatMap(({ steps }) => steps.flatMap(({ changes }) => changes))
    .filter(({ kind }) => kind === 'account');
  const of = (kind: string): string | undefined => objects.find(({ target }) => target.startsWith(`${kind}:`))?.object;
  return { ...calls, gatehouse: client, publicUrl, told, user: of('entra'), ociUser: of('oci') };
}

/** What is still there of the person, by the targets' own word, and what Gatehouse keeps by design. */
async function leftOver({ eyes, person, client, options }: SmokeParts): Promise<readonly string[]> {
  const left: string[] = [];
  for (const eye of eyes) {
    const found = await eye
      .find(person.workerId)
      .catch((error: unknown) => [`unknown: ${error instanceof Error ? error.message : 'it could not be read'}`]);
    left.push(...found.map((id) => `${eye.kind}: ${id}`));
  }
  const isKnown = (await toldOf(client, `${options.source}:${person.workerId}`).catch(() => undefined)) !== undefined;
  return isKnown
    ? [
        ...left,
        `Gatehouse: the person ${options.source}:${person.workerId}, with their runs and audit rows, and their names, which are never given again`,
      ]
    : left;
}
