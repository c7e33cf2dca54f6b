import { GraphFailure } from '../http/graph-failure.ts';
import { phoneIds } from './phone-types.ts';
import type { Method, MethodType } from './method-store.ts';

// What can be the default for multifactor authentication (https://learn.microsoft.com/graph/api/resources/signinpreferences).
const canBeDefault: ReadonlySet<MethodType> = new Set(['microsoftAuthenticator', 'phone', 'softwareOath']);

/** Throws 400 for the default method while another one could be the default: it is deleted last (microsoft-graph-docs issue 14470); and for the mobile phone of someone with an alternate one
 * (https://learn.microsoft.com/graph/api/phoneauthenticationmethod-delete). The default is what was registered first; v1.0 shows nowhere which it is. */
export function requireRemovable(method: Method, all: readonly Method[]): void {
  const eligible = all.filter(({ type }) => canBeDefault.has(type)).toSorted((left, right) => registeredAt(left) - registeredAt(right));
  if (eligible.length > 1 && eligible[0]?.id === method.id)
    throw refused('Cannot delete default method with other methods configured. Please change default method before deletion.');
  if (method.id === phoneIds['mobile'] && all.some(({ id }) => id === phoneIds['alternateMobile']))
    throw refused('The mobile phone cannot be deleted while there is an alternate mobile phone.');
}

function registeredAt(method: Method): number {
  return Date.parse(String(method.body['createdDateTime']));
}

function refused(message: string): GraphFailure {
  return new GraphFailure(400, 'badRequest', message);
}
