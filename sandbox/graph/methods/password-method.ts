import type { Method } from './method-store.ts';

/** The password as an authentication method: every user has it, under an id that is the same in all tenants
 * (https://learn.microsoft.com/graph/api/resources/passwordauthenticationmethod). */
export function passwordMethod(now: string): Method {
  return { id: '28c10230-6103-485e-b985-444c60001490', type: 'password', body: { createdDateTime: now, password: null } };
}
