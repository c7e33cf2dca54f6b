import type { CredentialWriter } from '../../ports/writers/writers.ts';
import type { Api } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import { credentialKinds } from './credential-kinds.ts';
import { readCredentials } from './credential-reader.ts';

/**
 * Deletes one credential by its id `<collection>/<id>`. A 404 is believed only where the list can be read and does not show it any more: an endpoint that is not there answers 404 too.
 */
export function createCredentialWriter(api: Api): CredentialWriter {
  return {
    removeCredential: async (change, signal) => {
      const account = resolvedId(change.object);
      const wanted = resolvedId(change.other);
      const [collection, id] = wanted.split('/');
      const kind = credentialKinds.find((one) => one.collection === collection);
      if (kind === undefined || id === undefined)
        return { is: 'refused', problem: { code: 'target-refused', message: `OCI IAM has no kind of credential like ${wanted}.` } };
      const path = `/${kind.collection}/${encodeURIComponent(id)}`;
      const result = await api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
      if (result.is !== 'refused' || result.status !== 404) return toAnswer(result, account);
      const there = await lookOr(readCredentials(api, kind, account, signal), undefined);
      return there?.every((one) => one.id !== wanted) ? accepted(account, result.problem.requestId) : toAnswer(result, account);
    },
  };
}
