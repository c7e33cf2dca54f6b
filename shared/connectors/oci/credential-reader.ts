import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { CredentialReader, FoundCredential, FoundCredentials } from '../../ports/readers/credentials.ts';
import type { Api } from '../http/api.ts';
import { readUser } from './account-reader.ts';
import { credentialKinds, type CredentialKind } from './credential-kinds.ts';
import { listResources } from './list-resources.ts';
import { toFoundAccount } from './scim-user.ts';
import { equalsFilter } from './search-users.ts';

const credential = z.object({ id: z.string().min(1), status: z.string().nullish() });

/**
 * Lists the six kinds of credentials; ids are `<collection>/<id>`. A kind whose list answers 401, 403 or 404 is named as unreadable; every other failure throws. A credential is usable unless its status says
 * otherwise or the user's capability for its kind is off.
 */
export function createCredentialReader(api: Api): CredentialReader {
  return {
    credentialsOf: async (accountId, signal) => {
      const { attributes } = toFoundAccount(await readUser(api, accountId, signal));
      const read = await Promise.all(credentialKinds.map((kind) => readKind(api, kind, accountId, signal)));
      const credentials = read.flatMap(({ kind, found }) =>
        found.map((one) => ({ ...one, usable: one.usable && attributes[kind.capability] !== false })),
      );
      const unreadable = read.flatMap(({ kind, problem }) => (problem === undefined ? [] : [{ kind: kind.collection, problem }]));
      return { credentials, unreadable };
    },
  };
}

type Read = {
  readonly kind: CredentialKind;
  readonly found: FoundCredentials['credentials'];
  readonly problem?: string;
};

async function readKind(api: Api, kind: CredentialKind, accountId: string, signal: AbortSignal): Promise<Read> {
  try {
    return { kind, found: await readCredentials(api, kind, accountId, signal) };
  } catch (error) {
    const isClosed = error instanceof GatehouseError && (error.code === 'target-forbidden' || error.code === 'target-not-found');
    if (!isClosed) throw error;
    return { kind, found: [], problem: error.message };
  }
}

/** The credentials of one kind. Throws where the list itself may not be read or is not there. */
export async function readCredentials(
  api: Api,
  kind: CredentialKind,
  accountId: string,
  signal: AbortSignal,
): Promise<readonly FoundCredential[]> {
  const path = `/${kind.collection}`;
  const found = await listResources(api, { path, filter: equalsFilter('user.value', accountId), item: credential }, signal);
  return found.map(({ id, status }) => ({
    id: `${kind.collection}/${id}`,
    kind: kind.collection,
    usable: status == null || status.toUpperCase() === 'ACTIVE',
  }));
}
