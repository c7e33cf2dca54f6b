import type { Act, Reach, Update } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';

/** What a change that came off did, in words for people. Nothing for one that did not. */
export function describeChange({ change, outcome }: IntentRow): readonly string[] {
  if (outcome?.is !== 'done' && outcome?.is !== 'already') return [];
  const was = outcome.is === 'already' ? ' (was so already)' : '';
  if (change.as === 'act') return [describeAct(change)];
  return [`${describeReach(change, outcome.object)}${was}`];
}

function describeAct(change: Act): string {
  switch (change.do) {
    case 'issue':
      return 'pass issued, and told where to see it';
    case 'send':
      return `mail sent: ${change.cause.message}`;
    case 'invite':
      return 'activation mail sent by the target';
    case 'revoke':
      return 'sessions revoked';
    case 'reset':
      return 'password set to one that nobody knows';
  }
}

function describeReach(change: Reach, object: string): string {
  switch (change.do) {
    case 'create':
      return `account ${change.names[0]?.value ?? object} created`;
    case 'update':
      return describeUpdate(change);
    case 'delete':
      return 'deleted';
    case 'restore':
      return 'restored from deletion';
    case 'purge':
      return 'erased for good';
    case 'link':
      return change.cause.message;
    case 'unlink':
      return `${change.cause.message} taken away`;
  }
}

function describeUpdate({ kind, effect, after }: Update): string {
  if (kind === 'mailbox') return 'automatic reply set';
  if (effect === 'enable') return after['lockedOut'] === false ? 'unlocked' : 'enabled';
  const names = Object.keys(after);
  if (effect !== 'contain') return `set ${names.join(', ')}`;
  return names.some((name) => name !== 'enabled') ? 'disabled, and its credentials switched off' : 'disabled';
}
