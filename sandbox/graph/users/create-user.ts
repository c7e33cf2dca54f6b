import { randomUUID } from 'node:crypto';
import { bodyOf, nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { badRequest } from '../http/graph-failure.ts';
import { insertMethod } from '../methods/method-store.ts';
import { passwordMethod } from '../methods/password-method.ts';
import { contextOf } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { setEdge } from '../store/edges.ts';
import type { User } from '../store/entities.ts';
import { insertObject } from '../store/objects.ts';
import { checkValues, passwordOf } from './check-values.ts';
import { withPrimaryAddress } from './proxy-addresses.ts';
import { referencedObject } from './reference.ts';
import { requireFree } from './require-free.ts';

/** `POST /users` (https://learn.microsoft.com/graph/api/user-post-users). */
export function createUser(call: GraphCall): GraphAnswer {
  const { world } = call;
  const { passwordProfile, '@odata.type': _type, 'manager@odata.bind': manager, ...values } = bodyOf(call);
  checkValues({ ...values, passwordProfile });
  const bind = Object.keys(values).find((name) => name.endsWith('@odata.bind'));
  if (bind !== undefined) throw badRequest(`The sandbox does not play '${bind}' when a user is created.`);
  const user = newUser(values, nowText(world));
  requireFree(world, user);
  const managerId = typeof manager === 'string' ? referencedObject(world, manager).entity.id : null;
  insertObject(world, { kind: 'user', entity: user });
  insertMethod(world.database, user.id, passwordMethod(nowText(world)));
  setEdge(world.database, 'manager', user.id, managerId);
  const password = passwordOf(passwordProfile);
  if (password !== undefined) world.rememberSecret('graph', 'password', password);
  const shown = presentObject(world, { kind: 'user', entity: user }, { select: undefined, expand: [] }, false);
  return { status: 201, body: { '@odata.context': contextOf(call, '/$entity'), ...shown } };
}

/** A user as the tenant makes it from the values given, nothing assigned yet. */
export function newUser(values: Readonly<Record<string, unknown>>, now: string): User {
  const mail = typeof values['mail'] === 'string' ? values['mail'] : null;
  const standard = {
    id: randomUUID(),
    deletedDateTime: null,
    accountEnabled: true,
    displayName: '',
    mailNickname: null,
    usageLocation: null,
    userType: 'Member',
    businessPhones: [],
    otherMails: [],
    createdDateTime: now,
    assignedLicenses: [],
    licenseAssignmentStates: [],
    assignedPlans: [],
    onPremisesSyncEnabled: null,
    onPremisesImmutableId: null,
    signInSessionsValidFromDateTime: now,
    lastPasswordChangeDateTime: now,
  };
  return {
    ...standard,
    ...values,
    userPrincipalName: String(values['userPrincipalName']),
    mail,
    proxyAddresses: withPrimaryAddress([], mail),
  };
}
