import type { Operations } from '../http/graph-call.ts';
import { checkLifetime, createPass } from './create-pass.ts';
import type { MethodType } from './method-store.ts';
import { addOne, deleteOne, listOf, readOne } from './read-methods.ts';
import { resetPassword } from './reset-password.ts';

const root = '/users/{user-id}/authentication';

/** List, read and delete of one type of method; a password cannot be deleted. */
function operationsOf(type: MethodType): Operations {
  const path = type === 'external' ? `${root}/externalAuthenticationMethods` : `${root}/${type}Methods`;
  const name = `${type}AuthenticationMethod-id`;
  const logical = type === 'temporaryAccessPass' ? type : `${type}Methods`;
  return {
    [`GET ${path}`]: { name: `${logical}.list`, handle: listOf(type) },
    [`GET ${path}/{${name}}`]: { name: `${logical}.get`, handle: readOne(name, type) },
    ...(type === 'password' ? {} : { [`DELETE ${path}/{${name}}`]: { name: `${logical}.delete`, handle: deleteOne(name, type) } }),
  };
}

/** Authentication methods. */
export const methodOperations: Operations = {
  [`GET ${root}/methods`]: { name: 'authenticationMethods.list', handle: listOf() },
  [`GET ${root}/methods/{authenticationMethod-id}`]: { name: 'authenticationMethods.get', handle: readOne('authenticationMethod-id') },
  ...operationsOf('temporaryAccessPass'),
  ...operationsOf('password'),
  ...operationsOf('phone'),
  ...operationsOf('email'),
  ...operationsOf('fido2'),
  ...operationsOf('microsoftAuthenticator'),
  ...operationsOf('softwareOath'),
  ...operationsOf('windowsHelloForBusiness'),
  ...operationsOf('platformCredential'),
  ...operationsOf('external'),
  [`POST ${root}/temporaryAccessPassMethods`]: { name: 'temporaryAccessPass.create', handle: createPass, precheck: checkLifetime },
  [`POST ${root}/methods/{authenticationMethod-id}/resetPassword`]: {
    name: 'authenticationMethods.resetPassword',
    handle: resetPassword,
  },
  [`POST ${root}/phoneMethods`]: { name: 'phoneMethods.create', handle: addOne('phone') },
  [`POST ${root}/emailMethods`]: { name: 'emailMethods.create', handle: addOne('email') },
};
