import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Shows a person: records, accounts as they are now, holdings with reasons, runs. */
export async function showPerson(client: Client, key: string): Promise<string> {
  const person = answers.person.parse(await client.get(`/api/people/${encodeURIComponent(key)}`));
  const records = person.engagements.map(({ source, workerId, worker }) => [
    `${source}:${workerId}`,
    worker.workerType,
    worker.status,
    `from ${worker.hireDate}`,
  ]);
  const accounts = person.accounts.map(({ target, nativeId, how, actual }) => [
    target,
    nativeId,
    how,
    actual.enabled === undefined ? (actual.message ?? actual.is) : actual.enabled ? 'enabled' : 'disabled',
  ]);
  const holdings = person.holdings.map(({ target, kind, object, reasons }) => [
    target,
    kind,
    object,
    reasons.map((reason) => `${reason.kind} ${reason.reference}`).join(', '),
  ]);
  const parts = [
    `${person.displayName} (${person.personId})${standingOf(person)}`,
    ...(person.locks.length === 0
      ? []
      : [showTable([['LOCKED BY', 'SINCE', 'WHY'], ...person.locks.map(({ owner, since, reason }) => [owner, since, reason])])]),
    showTable([['RECORD', 'TYPE', 'STATUS', ''], ...records]),
    showTable([['ACCOUNT IN', 'ID', 'HOW', 'NOW'], ...accounts]),
    showTable([['HOLDS IN', 'KIND', 'OBJECT', 'BECAUSE'], ...holdings]),
    ...(person.claims.length === 0
      ? []
      : [showTable([['ACCESS TO', 'IS', 'WHAT WAS SEEN', 'WHAT REMAINS'], ...person.claims.map(claimRow)])]),
    showTable([['RUN', 'WORKFLOW', 'STATE'], ...person.runs.map((run) => [run.id, run.workflow, run.state])]),
  ];
  return parts.join('\n\n');
}

type Person = ReturnType<typeof answers.person.parse>;

function standingOf({ standing, endsAt }: Person): string {
  if (standing === undefined) return '';
  return endsAt == null ? `, ${standing}` : `, ${standing}, access ends ${endsAt}`;
}

function claimRow({ target, is, claims, remains }: Person['claims'][number]): readonly string[] {
  return [target, is, claims, remains.join('; ')];
}
