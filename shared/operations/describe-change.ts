import type { IntentRow } from '../ports/registry/intents.ts';

/** What a change that came off did, in words for people. Nothing for one that did not. */
export function describeChange({ change, outcome }: IntentRow): readonly string[] {
  if (outcome?.is !== 'done' && outcome?.is !== 'already') return [];
  const was = outcome.is === 'already' ? ' (was so already)' : '';
  if (change.as === 'act') return [change.do === 'issue' ? 'pass issued, and told where to see it' : `mail sent: ${change.cause.message}`];
  switch (change.do) {
    case 'create':
      return [`account ${change.names[0]?.value ?? outcome.object} created${was}`];
    case 'update':
      return [`${change.effect === 'enable' ? 'enabled' : `set ${Object.keys(change.after).join(', ')}`}${was}`];
    case 'delete':
      return [`deleted${was}`];
    case 'link':
      return [`${change.cause.message}${was}`];
    case 'unlink':
      return [`${change.cause.message} taken away${was}`];
  }
}
