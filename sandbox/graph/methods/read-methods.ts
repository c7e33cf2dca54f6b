import { bodyOf, nowText, parameter, type Handler } from '../http/graph-call.ts';
import { badRequest, GraphFailure } from '../http/graph-failure.ts';
import { plainCollection } from '../odata/collection.ts';
import { requireUser } from '../users/find-user.ts';
import { insertMethod, listMethods, removeMethod, type MethodType } from './method-store.ts';
import { emailId, mobilePhoneId, phoneIds } from './phone-types.ts';
import { presentMethod } from './present-method.ts';
import { requireRemovable } from './require-removable.ts';

/** Lists the user's authentication methods, of one type or all. */
export function listOf(type?: MethodType): Handler {
  return (call) =>
    plainCollection(
      call,
      listMethods(call.world.database, requireUser(call).id, type).map((method) => presentMethod(call.world, method)),
    );
}

/** Reads one method by the id in the path parameter of this name. */
export function readOne(name: string, type?: MethodType): Handler {
  return (call) => {
    const id = parameter(call, name);
    const found = listMethods(call.world.database, requireUser(call).id, type).find((method) => method.id === id);
    if (found === undefined) throw missing();
    return { status: 200, body: presentMethod(call.world, found) };
  };
}

/** Deletes one method; the default one only when it is the last that could be it. */
export function deleteOne(name: string, type: MethodType): Handler {
  return (call) => {
    const user = requireUser(call);
    const id = parameter(call, name);
    const all = listMethods(call.world.database, user.id);
    const method = all.find((one) => one.id === id && one.type === type);
    if (method === undefined) throw missing();
    requireRemovable(method, all);
    removeMethod(call.world.database, user.id, id);
    return { status: 204 };
  };
}

/** Adds a phone or an e-mail address as a method; a user has one e-mail address and one phone of each type. */
export function addOne(type: 'phone' | 'email'): Handler {
  return (call) => {
    const user = requireUser(call);
    const body = bodyOf(call);
    const same = listMethods(call.world.database, user.id, type).some(
      (method) => type === 'email' || method.body['phoneType'] === body['phoneType'],
    );
    if (same) throw badRequest(`The user has such a ${type} method already.`);
    const id = type === 'email' ? emailId : (phoneIds[String(body['phoneType'])] ?? mobilePhoneId);
    const method = { id, type, body: { createdDateTime: nowText(call.world), ...body } };
    insertMethod(call.world.database, user.id, method);
    return { status: 201, body: presentMethod(call.world, method) };
  };
}

function missing(): GraphFailure {
  return new GraphFailure(404, 'resourceNotFound', 'The requested resource does not exist.');
}
