import type { Link } from '../../domain/change.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { MethodWriter } from '../../ports/writers/writers.ts';
import type { Api, ApiRequest } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import { bypassCodes, readFactors, removableAtOnce } from './method-reader.ts';
import { scimSchemas } from './scim-schemas.ts';

/** Takes away all second factors, all remembered browsers, or one bypass code. A refusal is looked into: gone already is accepted, and whatever may not be seen is not taken for gone. */
export function createMethodWriter(api: Api): MethodWriter {
  return {
    removeMethod: async (change, signal) => {
      const account = resolvedId(change.object);
      const wanted = resolvedId(change.other);
      const request = removal(change, account, wanted);
      if (request === undefined)
        return { is: 'refused', problem: { code: 'target-refused', message: `OCI IAM has no way to sign in like ${wanted}.` } };
      const result = await api.write(request, signal);
      if (result.is !== 'refused') return toAnswer(result, account);
      const held = await lookOr(readFactors(api, account, signal), undefined);
      return held?.every(({ id }) => id !== wanted) ? accepted(account, result.problem.requestId) : toAnswer(result, account);
    },
  };
}

function removal(change: Admitted<Link>, account: string, wanted: string): ApiRequest | undefined {
  const priority = priorityOf(change);
  const [collection, id] = wanted.split('/');
  if (collection === bypassCodes && id !== undefined)
    return { method: 'DELETE', path: `/${bypassCodes}/${encodeURIComponent(id)}`, priority };
  if (!removableAtOnce.has(wanted)) return undefined;
  const body = { schemas: [scimSchemas.factorsRemover], user: { value: account }, type: wanted };
  return { method: 'POST', path: '/AuthenticationFactorsRemover', body, priority };
}
