import type { Link } from '../../domain/change.ts';
import type { AccessPackageReader } from '../../ports/readers/access-packages.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { EdgeWriter } from '../../ports/writers/writers.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/**
 * Asks for an access package, named `<package id>/<policy id>`, in the name of an administrator, and ends an assignment by its own id
 * (https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests). Graph takes the request and works on it afterwards, so that only a look says what came of it. One that is assigned or being
 * delivered already, and one that is gone, are accepted.
 */
export function createAccessPackageWriter(parts: EntraParts, reader: AccessPackageReader): EdgeWriter {
  return {
    setEdge: async (change, signal) => {
      const account = resolvedId(change.object);
      const path = '/identityGovernance/entitlementManagement/assignmentRequests';
      const result = await parts.api.write({ method: 'POST', path, body: requestFor(change), priority: priorityOf(change) }, signal);
      if (result.is === 'ok') return toAnswer(result, account);
      if (result.is === 'refused') {
        const other = resolvedId(change.other);
        const held = await lookOr(reader.accessPackagesOf(account, signal), undefined);
        const isThere = held?.some(({ id, grants }) => (change.do === 'link' ? grants === other : id === other));
        if (isThere === (change.do === 'link')) return accepted(account, result.problem.requestId);
      }
      return unlessNotYetVisible(result, account, parts.recent);
    },
  };
}

function requestFor(change: Admitted<Link>): Record<string, unknown> {
  const other = resolvedId(change.other);
  if (change.do === 'unlink') return { requestType: 'adminRemove', assignment: { id: other } };
  const [accessPackageId = '', assignmentPolicyId = ''] = other.split('/');
  return { requestType: 'adminAdd', assignment: { targetId: resolvedId(change.object), assignmentPolicyId, accessPackageId } };
}
