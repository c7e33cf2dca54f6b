import { createHash } from 'node:crypto';
import type { Change, Ref } from '../domain/change.ts';

/** The same change of the same step of the same run always has the same id, however often it is planned. */
export function changeId(runId: string, stepId: string, change: Change): string {
  return hash([runId, stepId, change.target, operation(change), objectKey(change)]);
}

/** What no two open intents of a lane may touch at once. */
export function objectKey(change: Change): string {
  if (change.as === 'act') return `act/${change.key}`;
  const object = `${change.target}/${change.kind}/${name(change.object, change.person)}`;
  return change.do === 'link' || change.do === 'unlink' ? `${object}/${change.relation}/${name(change.other, change.person)}` : object;
}

function operation(change: Change): string {
  return change.do === 'update' ? `update:${Object.keys(change.after).sort().join(',')}` : change.do;
}

function name(ref: Ref, person: string): string {
  return 'id' in ref ? ref.id : `${ref.accountIn}#${person}`;
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
