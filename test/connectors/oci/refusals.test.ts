import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCredential } from '../../../sandbox/oci/credentials.ts';
import { credentialKinds } from '../../../sandbox/oci/credential-kinds.ts';
import { saveFactor } from '../../../sandbox/oci/factors.ts';
import { ociState } from '../../../sandbox/oci/oci-state.ts';
import { createClientCredentialsTokenSource } from '../../../shared/connectors/http/client-credentials-token-source.ts';
import { createOciApi } from '../../../shared/connectors/oci/create-oci-api.ts';
import { createOciTarget } from '../../../shared/connectors/oci/create-oci-target.ts';
import type { Answer } from '../../../shared/ports/writers/answer.ts';
import type { WritableTarget } from '../../../shared/ports/writers/writable-target.ts';
import { accountSamples } from '../../contracts/account-samples.ts';
import { creating, deleting, linking, unlinking, updating } from '../../contracts/changes.ts';
import { startContoso, type Contoso } from '../../contracts/contoso.ts';
import { idOf, required } from '../../contracts/expected.ts';

const signal = AbortSignal.timeout(120_000);
const sample = required(accountSamples.find(({ target }) => target === 'oci'));
const staff = 'b1000000000000000000000000000001';
const role = 'b6000000000000000000000000000001/b5000000000000000000000000000001';
let contoso: Contoso;
let target: WritableTarget;
let made = 7000;
beforeAll(async () => {
  contoso = await startContoso();
  contoso.sandbox.world.changeSettings({ oci: { quota: 'none' } });
  const { oci } = contoso.sandbox.urls;
  const client = { clientId: 'gatehouse', secret: () => Promise.resolve('sandbox-oci-secret'), scope: 'urn:opc:idm:__myscopes__' };
  const tokens = createClientCredentialsTokenSource({
    system: 'OCI IAM',
    tokenUrl: `${oci}/oauth2/v1/token`,
    ...client,
    authentication: 'basic',
  });
  target = createOciTarget({ id: 'oci:contoso', privilegedGroups: [] }, { oci: createOciApi({ baseUrl: oci, tier: 'premium' }, tokens) });
});
afterEach(() => contoso.sandbox.world.faults.clear());
afterAll(() => contoso.stop());

/** One kind of write, made ready on an account of its own: what is done, and whether it is so. */
type Prepared = { readonly act: () => Promise<Answer>; readonly isSo: () => Promise<boolean> };
type Write = { readonly of: string; readonly operation: string; readonly prepare: () => Promise<Prepared> };

const reads = () => contoso.targets.oci.reads;
const writes = () => target.writes;
const newAccount = async (about = {}) => {
  made += 1;
  const change = creating({ ...sample.account(made), isFederatedUser: false, enabled: true, ...about });
  return idOf(await required(contoso.targets.oci.writes.accounts).create(change, signal));
};
const see = async (id: string) => required(reads().accounts).byId(id, signal);

const all: readonly Write[] = [
  {
    of: 'a user is made',
    operation: 'scim.createUser',
    prepare: () => {
      made += 1;
      const employeeNumber = `90${made}`;
      const account = { ...sample.account(made), employeeNumber };
      const found = () => required(reads().accounts).byEmployeeId(employeeNumber, signal);
      return Promise.resolve({
        act: () => required(writes().accounts).create(creating(account), signal),
        isSo: async () => (await found()).length === 1,
      });
    },
  },
  {
    of: 'attributes are changed, or a user is disabled',
    operation: 'scim.patchUser',
    prepare: async () => {
      const id = await newAccount();
      return {
        act: () => required(writes().accounts).update(updating(id, { title: 'Lead', enabled: false }), signal),
        isSo: async () => (await see(id))?.attributes['title'] === 'Lead',
      };
    },
  },
  {
    of: 'capabilities are switched off',
    operation: 'scim.changeUserCapabilities',
    prepare: async () => {
      const id = await newAccount();
      return {
        act: () => required(writes().accounts).update(updating(id, { canUseApiKeys: false }), signal),
        isSo: async () => (await see(id))?.attributes['canUseApiKeys'] === false,
      };
    },
  },
  {
    of: 'a user is deleted',
    operation: 'scim.deleteUser',
    prepare: async () => {
      const id = await newAccount();
      return { act: () => required(writes().accounts).delete(deleting(id), signal), isSo: async () => (await see(id)) === undefined };
    },
  },
  ...(['link', 'unlink'] as const).map((does) => ({
    of: does === 'link' ? 'a member is added' : 'a member is removed',
    operation: 'scim.patchGroup',
    prepare: async () => {
      const id = await newAccount();
      const set = () => required(writes().memberships);
      if (does === 'unlink') await set().setMembership(linking('member', 'link', id, staff), signal);
      return {
        act: () => set().setMembership(linking('member', does, id, staff), signal),
        isSo: async () => (await required(reads().memberships).isMember(staff, id, signal)) === (does === 'link'),
      };
    },
  })),
  {
    of: 'an application role is granted',
    operation: 'scim.createGrant',
    prepare: async () => {
      const id = await newAccount();
      const held = () => required(reads().appRoles).appRolesOf(id, signal);
      return {
        act: () => required(writes().appRoles).setAppRole(linking('app-role', 'link', id, role), signal),
        isSo: async () => (await held()).length === 1,
      };
    },
  },
  {
    of: 'a grant is taken away',
    operation: 'scim.deleteGrant',
    prepare: async () => {
      const id = await newAccount();
      const held = () => required(reads().appRoles).appRolesOf(id, signal);
      await required(writes().appRoles).setAppRole(linking('app-role', 'link', id, role), signal);
      const grant = required((await held())[0]).id;
      return {
        act: () => required(writes().appRoles).setAppRole(unlinking('app-role', id, grant), signal),
        isSo: async () => (await held()).length === 0,
      };
    },
  },
  {
    of: 'a credential is deleted',
    operation: 'scim.deleteAuthToken',
    prepare: async () => {
      const id = await newAccount();
      const kind = required(credentialKinds.find(({ resource }) => resource === 'AuthToken'));
      const token = createCredential(contoso.sandbox.world, kind, { user: { value: id } })['id'];
      const held = async () => (await required(reads().credentials).credentialsOf(id, signal)).credentials;
      return {
        act: () => required(writes().credentials).removeCredential(unlinking('credential', id, `AuthTokens/${String(token)}`), signal),
        isSo: async () => (await held()).length === 0,
      };
    },
  },
  {
    of: 'second factors are removed',
    operation: 'scim.removeAuthenticationFactors',
    prepare: async () => {
      const id = await newAccount();
      saveFactor(contoso.sandbox.world, { id: `f1${id.slice(2)}`, userId: id, kind: 'device', name: 'phone' });
      return {
        act: () => required(writes().methods).removeMethod(unlinking('method', id, 'MFA'), signal),
        isSo: async () => (await required(reads().methods).methodsOf(id, signal)).length === 0,
      };
    },
  },
  {
    of: 'the activation mail is sent again',
    operation: 'scim.initiateActivation',
    prepare: async () => {
      const id = await newAccount();
      const mails = () => (ociState(contoso.sandbox.world) as { readonly mails: readonly { readonly userId: string }[] }).mails;
      return {
        act: () => required(writes().activations).sendActivation(updating(id, {}) as never, signal),
        isSo: () => Promise.resolve(mails().some(({ userId }) => userId === id)),
      };
    },
  },
];

/** What says no to the call and not to its object: none of them means that anything is gone. What is answered otherwise is in the table of faults. */
const refusals = [
  { refusal: '401 for good', status: 401, times: 2 },
  { refusal: '403', status: 403, times: 1 },
  { refusal: '404 of the endpoint', status: 404, times: 1 },
] as const;

describe.each(all)('where $of', ({ operation, prepare }) => {
  it.each(refusals)('$refusal is said as refused, and nothing has happened', async ({ status, times }) => {
    const { act, isSo } = await prepare();
    contoso.sandbox.world.faults.add({ system: 'oci', operation, nth: 1, times, phase: 'before', effect: { status } });
    const answer = await act();
    expect(contoso.sandbox.world.faults.list().map(({ fired }) => fired)).toEqual([times]);
    expect(answer).toMatchObject({ is: 'refused', problem: { message: expect.stringContaining('OCI IAM') } });
    expect(await isSo()).toBe(false);
  });
});
