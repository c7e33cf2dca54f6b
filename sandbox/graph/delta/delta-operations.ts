import type { Operations } from '../http/graph-call.ts';
import { readDelta } from './read-delta.ts';

/** What changed since a client last looked. */
export const deltaOperations: Operations = {
  'GET /users/delta()': { name: 'users.delta', handle: readDelta('user') },
  'GET /groups/delta()': { name: 'groups.delta', handle: readDelta('group') },
};
