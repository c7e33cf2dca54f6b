import type { PlanAnswer } from './plan-answer.ts';
import { showTable } from './show-table.ts';

type Change = PlanAnswer['changes'][number];

const verdicts: Readonly<Record<string, string>> = {
  would: '',
  refused: 'refused',
  held: 'held',
  waits: 'waits',
  'only-shown': 'only shown',
};

/** A plan in words: what changes from what to what, what is left aside, and how much of what there is; at most so many changes. */
export function showPlan(plan: PlanAnswer, most: number): string {
  const listed = plan.changes.slice(0, most);
  const rows = listed.map((one) => [one.displayName, `${one.workflow}/${one.step}`, one.target, whatOf(one), valuesOf(one), gateOf(one)]);
  const count = plan.summary.reduce((sum, { changes }) => sum + changes, 0);
  return [
    ...(rows.length === 0
      ? ['Nothing would change.']
      : [showTable([['PERSON', 'STEP', 'TARGET', 'WHAT', 'BEFORE → AFTER', 'GATE'], ...rows])]),
    ...(count > listed.length ? [`… ${count - listed.length} more changes (--all shows them, --csv-out writes them)`] : []),
    ...remarksOf(plan, most),
    ...plan.outside.map(({ displayName, reason }) => `${displayName}: ${reason}`),
    '',
    showTable([
      ['TARGET', 'EFFECT', 'CHANGES', 'PEOPLE'],
      ...plan.summary.map((one) => [one.target, one.effect, String(one.changes), String(one.people)]),
    ]),
    ...plan.brakes.map(
      ({ what, people, booked, limit }) =>
        `Would be held: the brake on ${what} is at ${limit}; ${booked} are booked, the plan has ${people}.`,
    ),
    ...plan.later.map((one) => `Later, and not part of this plan: ${one}.`),
    `${count} changes for ${plan.peopleWithChanges} of ${plan.people} people. Nothing was written.`,
    `plan ${plan.planId}  hash ${plan.hash}`,
  ].join('\n');
}

/** The changes as CSV, one a line. */
export function planAsCsv({ changes }: PlanAnswer): string {
  const head = ['personId', 'person', 'workflow', 'step', 'target', 'effect', 'do', 'kind', 'object', 'what', 'before', 'after', 'gate'];
  const rows = changes.map((one) => [
    one.personId,
    one.displayName,
    one.workflow,
    one.step,
    one.target,
    one.effect,
    one.do,
    one.kind,
    one.object,
    one.what,
    JSON.stringify(one.before),
    JSON.stringify(one.after),
    gateOf(one),
  ]);
  return `${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

/** A text that a spreadsheet would take for a formula is kept from being one (https://owasp.org/www-community/attacks/CSV_Injection). */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function whatOf({ do: how, kind, what, isTentative }: Change): string {
  return `${how} ${kind}${isTentative ? ' (tentative)' : ''}: ${what}`;
}

function valuesOf({ before, after }: Change): string {
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return names.map((name) => `${name} ${before === null ? '' : `${text(before[name])} `}→ ${text(after?.[name])}`).join('; ');
}

function text(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function gateOf({ verdict }: Change): string {
  const word = verdicts[verdict.is] ?? verdict.is;
  return verdict.reason === undefined ? word : `${word}: ${verdict.reason}`;
}

function remarksOf({ remarks }: PlanAnswer, most: number): readonly string[] {
  const rows = remarks.slice(0, most).map((one) => [one.displayName, `${one.workflow}/${one.step}`, one.is, one.message]);
  return rows.length === 0 ? [] : ['', showTable([['PERSON', 'STEP', '', 'WHY'], ...rows])];
}
