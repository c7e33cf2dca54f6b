import { nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { updateObject } from '../store/objects.ts';
import { requireUser } from './find-user.ts';

/** `POST /users/{id}/revokeSignInSessions`: refresh tokens from before now are void (https://learn.microsoft.com/graph/api/user-revokesigninsessions). */
export function revokeSignInSessions(call: GraphCall): GraphAnswer {
  updateObject(call.world.database, { ...requireUser(call), signInSessionsValidFromDateTime: nowText(call.world) });
  return { status: 200, body: { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean', value: true } };
}
