import { adError, attributeError } from '../ad-error.ts';
import type { LdapRequest } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { checkBound } from '../rules/rights.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import { readValues } from '../store/read-values.ts';
import { compileFilter } from './compile-filter.ts';
import { locate } from './locate.ts';
import type { OperationContext } from './session.ts';

const compareFalse = 5;
const compareTrue = 6;

/** Says whether an attribute has a value (RFC 4511 4.10); an attribute without values gives 16. */
export function compare(context: OperationContext, request: Extract<LdapRequest, { type: 'compare' }>): Answer {
  const { store, session } = context;
  checkBound(session.principal);
  const object = locate(store, request.dn);
  const definition = attributeDefinition(request.attribute);
  if (definition === undefined) throw adError('unknownAttribute');
  if (readValues(store, object, definition).length === 0) throw attributeError('isAbsent', definition.name);
  const { test } = compileFilter(store, { type: 'equal', attribute: request.attribute, value: request.value });
  return { result: { code: test(object) === true ? compareTrue : compareFalse } };
}
