import type { AppRoleReader } from '../../ports/readers/app-roles.ts';
import type { AppRoleWriter } from '../../ports/writers/writers.ts';
import type { Api } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';

/** Takes away a grant by its id. New ones are refused: in OCI access is given by groups. */
export function createGrantWriter(api: Api, reader: AppRoleReader): AppRoleWriter {
  return {
    setAppRole: async (change, signal) => {
      if (change.do === 'link') {
        const message = 'Application roles are not granted one by one in OCI IAM; grant them to a group and list the group.';
        return { is: 'refused', problem: { code: 'target-refused', message } };
      }
      const account = resolvedId(change.object);
      const id = resolvedId(change.other);
      const result = await api.write({ method: 'DELETE', path: `/Grants/${encodeURIComponent(id)}`, priority: priorityOf(change) }, signal);
      if (result.is !== 'refused' || result.status !== 404) return toAnswer(result, account);
      const there = await lookOr(reader.appRolesOf(account, signal), undefined);
      return there?.every((one) => one.id !== id) ? accepted(account, result.problem.requestId) : toAnswer(result, account);
    },
  };
}
