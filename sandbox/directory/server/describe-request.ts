import type { WireCall } from '../../foundation/wire.ts';
import type { ControllerName } from '../domain.ts';
import { extendedOids } from '../operations/extended.ts';
import { formatFilter } from '../protocol/filter.ts';
import type { LdapMessage, LdapRequest, WireAttribute } from '../protocol/request.ts';
import { decodePassword } from '../rules/password-policy.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import { valueFromWire } from '../schema/values.ts';

/** A request as faults select it and the record of requests shows it: named, with the values as text. The record masks what stands under the name of a password.
 * Of requests to the second domain controller it says so. */
export function describeRequest(
  message: LdapMessage,
  request: LdapRequest,
  controller: ControllerName,
): Omit<WireCall, 'system' | 'requestId'> {
  const controls = message.controls.map((control) => control.oid);
  const shared = { ...(controls.length === 0 ? {} : { controls }), ...(controller === 'dc1' ? {} : { controller }) };
  const describe = (operation: string, kind: 'read' | 'write', path: string, body: object = {}) => ({
    operation: `ldap.${operation}`,
    kind,
    method: operation.toUpperCase(),
    path,
    body: { ...body, ...shared },
  });
  switch (request.type) {
    case 'bind':
      return describe('bind', 'read', request.name);
    case 'search':
      return describe(
        'search',
        'read',
        `${request.base}?${request.attributes.join(',')}?${scopes[request.scope]}?${formatFilter(request.filter)}`,
      );
    case 'add':
      return describe('add', 'write', request.dn, { attributes: request.attributes.map(readable) });
    case 'modify':
      return describe('modify', 'write', request.dn, {
        changes: request.changes.map((change) => ({ operation: change.operation, ...readable(change) })),
      });
    case 'modifyDn': {
      const { newRdn, newSuperior, deleteOldRdn } = request;
      return describe('modifyDn', 'write', request.dn, { newRdn, newSuperior, deleteOldRdn });
    }
    case 'delete':
      return describe('delete', 'write', request.dn);
    case 'compare':
      return describe('compare', 'read', request.dn, readable({ name: request.attribute, values: [request.value] }));
    case 'extended':
      return describe(request.oid === extendedOids.startTls ? 'startTls' : 'extended', 'read', request.oid);
  }
}

const scopes = ['base', 'one', 'sub'] as const;

/** Every password in a request, in clear: that of a bind, and those written to `unicodePwd`. */
export function passwordsIn(request: LdapRequest): readonly string[] {
  if (request.type === 'bind')
    return request.password === undefined || request.password.length === 0 ? [] : [request.password.toString('utf8')];
  if (request.type !== 'add' && request.type !== 'modify') return [];
  const attributes: readonly WireAttribute[] = request.type === 'add' ? request.attributes : request.changes;
  return attributes
    .filter(isPassword)
    .flatMap((attribute) => attribute.values.map((value) => decodePassword(value) ?? value.toString('utf8')));
}

function readable(attribute: WireAttribute): { readonly name: string; readonly values: readonly string[] } {
  const definition = attributeDefinition(attribute.name);
  const toText = (bytes: Buffer) => (definition === undefined ? undefined : valueFromWire(definition, bytes)) ?? bytes.toString('utf8');
  return { name: attribute.name, values: attribute.values.map(toText) };
}

// userPassword is unknown to the schema but may be tried, and would be a password all the same.
function isPassword({ name }: WireAttribute): boolean {
  return /^(unicodePwd|userPassword)(;|$)/i.test(name);
}
