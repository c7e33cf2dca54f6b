import type { Reach } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';

/** What a change that came off did, in words for people. Nothing for one that did not. */
export function describeChange({ change, outcome }: IntentRow): readonly string[] {
  if (outcome?.is !== 'done' && outcome?.is !== 'already') return [];
  const was = outcome.is === 'already' ? ' (was so already)' : '';
  if (change.as === 'act') return [change.do === 'issue' ? 'pass issued, and told where to see it' : `mail sent: ${change.cause.message}`];
  return [`${describeReach(change, outcome.object)}${was}`];
}

function describeReach(change: Reach, object: string): string {
  switch (change.do) {
    case 'create':
      return `account ${change.names[0]?.value ?? object} created`;
    case 'update':
      return change.effect === 'enable' ? 'enabled' : `set ${Object.keys(change.after).join(', ')}`;
    case 'delete':
      return 'deleted';
    case 'restore':
      return 'restored from deletion';
    case 'link':
      return change.cause.message;
    case 'unlink':
      return `${change.cause.message} taken away`;
  }
}
