import type { World } from '../../foundation/world.ts';
import { bodyOf, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { updateObject } from '../store/objects.ts';
import { requireUser } from './find-user.ts';

/** Whether the cloud has taken over as the user's source of authority. */
export function isCloudManaged(world: World, id: string): boolean {
  return world.database.prepare('SELECT 1 FROM graph_private WHERE id = ? AND cloud_managed = 1').get(id) !== undefined;
}

/** `GET /users/{id}/onPremisesSyncBehavior`. */
export function readSyncBehavior(call: GraphCall): GraphAnswer {
  const { id } = requireUser(call);
  return { status: 200, body: { id, isCloudManaged: isCloudManaged(call.world, id) } };
}

/** `PATCH /users/{id}/onPremisesSyncBehavior`: hands the authority to the cloud or back; the sync leaves a cloud-managed user alone
 * (https://learn.microsoft.com/entra/identity/hybrid/user-source-of-authority-overview). */
export function changeSyncBehavior(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  const managed = bodyOf(call)['isCloudManaged'] === true;
  call.world.database
    .prepare('INSERT INTO graph_private (id, cloud_managed) VALUES (?, ?) ON CONFLICT DO UPDATE SET cloud_managed = excluded.cloud_managed')
    .run(user.id, managed ? 1 : 0);
  updateObject(call.world.database, { ...user, onPremisesSyncEnabled: managed || user.onPremisesImmutableId === null ? null : true });
  return { status: 204 };
}
