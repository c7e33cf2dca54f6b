import { AdError } from '../ad-error.ts';
import { add } from '../operations/add.ts';
import { bind } from '../operations/bind.ts';
import { compare } from '../operations/compare.ts';
import { deleteObject } from '../operations/delete-object.ts';
import { extended } from '../operations/extended.ts';
import { modifyDn } from '../operations/modify-dn.ts';
import { modify } from '../operations/modify.ts';
import { search } from '../operations/search.ts';
import type { OperationContext } from '../operations/session.ts';
import { checkControls } from '../protocol/controls.ts';
import type { LdapRequest } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';

/** Does one operation and answers it; what the directory refuses becomes a result. What it does is committed when this returns. */
export function execute(context: OperationContext, request: LdapRequest): Answer {
  try {
    checkControls(context.controls);
    return dispatch(context, request);
  } catch (error) {
    if (error instanceof AdError) return refusal(error);
    throw error;
  }
}

// Messages end as Active Directory's do: a line feed, except after its LdapErr texts, and a NUL character.
function refusal({ code, message, matchedDn, referral }: AdError): Answer {
  const isOpen = !message.endsWith('\n') && !message.includes('LdapErr');
  return { result: { code, matchedDn, message: `${message}${isOpen ? '\n' : ''}\0`, ...(referral === undefined ? {} : { referral }) } };
}

function dispatch(context: OperationContext, request: LdapRequest): Answer {
  switch (request.type) {
    case 'bind':
      return bind(context, request);
    case 'search':
      return search(context, request);
    case 'add':
      return add(context, request.dn, request.attributes);
    case 'modify':
      return modify(context, request.dn, request.changes);
    case 'modifyDn':
      return modifyDn(context, request);
    case 'delete':
      return deleteObject(context, request.dn);
    case 'compare':
      return compare(context, request);
    case 'extended':
      return extended(context, request.oid);
  }
}
