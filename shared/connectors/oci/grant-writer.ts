import type { Link } from '../../domain/change.ts';
import type { AppRoleReader, FoundAppRole } from '../../ports/readers/app-roles.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { AppRoleWriter } from '../../ports/writers/writers.ts';
import type { Api, WriteResult } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import { scimSchemas } from './scim-schemas.ts';

/**
 * Grants an application role, named `<application id>/<role id>`, and takes away a grant by its own id. A refusal is looked into before it is believed: granted already, and gone already, are accepted.
 */
export function createGrantWriter(api: Api, reader: AppRoleReader): AppRoleWriter {
  return {
    setAppRole: async (change, signal) => {
      const account = resolvedId(change.object);
      const result = await write(api, change, signal);
      if (result.is !== 'refused') return toAnswer(result, account);
      const held = await lookOr(reader.appRolesOf(account, signal), undefined);
      return held !== undefined && isAsWanted(change, held) ? accepted(account, result.problem.requestId) : toAnswer(result, account);
    },
  };
}

function write(api: Api, change: Admitted<Link>, signal: AbortSignal): Promise<WriteResult> {
  const wanted = resolvedId(change.other);
  const priority = priorityOf(change);
  if (change.do === 'unlink') return api.write({ method: 'DELETE', path: `/Grants/${encodeURIComponent(wanted)}`, priority }, signal);
  const [app = '', role = ''] = wanted.split('/');
  const body = {
    schemas: [scimSchemas.grant],
    grantMechanism: 'ADMINISTRATOR_TO_USER',
    app: { value: app },
    entitlement: { attributeName: 'appRoles', attributeValue: role },
    grantee: { type: 'User', value: resolvedId(change.object) },
  };
  return api.write({ method: 'POST', path: '/Grants', body, priority }, signal);
}

function isAsWanted(change: Admitted<Link>, held: readonly FoundAppRole[]): boolean {
  const wanted = resolvedId(change.other);
  return change.do === 'link' ? held.some(({ grants }) => grants === wanted) : held.every(({ id }) => id !== wanted);
}
