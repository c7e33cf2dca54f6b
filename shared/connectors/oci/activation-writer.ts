import type { ActivationWriter } from '../../ports/writers/writers.ts';
import type { Api } from '../http/api.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { toAnswer } from '../http/to-answer.ts';
import { scimSchemas } from './scim-schemas.ts';

/** Has the domain send its activation mail again: `PUT /UserActivationInitiator/{id}` (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/RequiredRolePerEndpointExt.htm). A 404 is a refusal, whatever is not there. */
export function createActivationWriter(api: Api): ActivationWriter {
  return {
    sendActivation: async (change, signal) => {
      const id = resolvedId(change.object);
      const path = `/UserActivationInitiator/${encodeURIComponent(id)}`;
      const body = { schemas: [scimSchemas.activationInitiator] };
      return toAnswer(await api.write({ method: 'PUT', path, body, priority: priorityOf(change) }, signal), id);
    },
  };
}
