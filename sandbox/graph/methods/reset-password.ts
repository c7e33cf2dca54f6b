import type { Handler } from '../http/graph-call.ts';
import { denied } from '../http/graph-failure.ts';
import { requireUser } from '../users/find-user.ts';

/** `POST /users/{id}/authentication/methods/{id}/resetPassword`: refused with 403, because there is no application permission for it
 * (https://learn.microsoft.com/graph/api/authenticationmethod-resetpassword#permissions); an application writes `passwordProfile`. */
export const resetPassword: Handler = (call) => {
  requireUser(call);
  throw denied();
};
