import type { Value } from '../../domain/change.ts';
import type { Api } from '../http/api.ts';
import type { Finder } from './finder.ts';
import type { ScimProfile } from './scim-profile.ts';
import type { ScimService } from './scim-service.ts';

/** How accounts of one application are written and read. */
export type AccountForm = {
  /** The attributes that the mapping fills: what is read back of an account, and nothing else is ever written. */
  readonly attributes: readonly string[];
  /** The attribute that holds the worker id; null where none does. */
  readonly workerId: string | null;
  /** Whether the manager is kept (`manager` of the enterprise extension). */
  readonly manager: boolean;
  /** What `active` is for an account that is open, and for one that is shut. */
  readonly active: (open: boolean) => Value;
};

/** What every part of the connector is given. */
export type ScimContext = {
  readonly api: Api;
  readonly profile: ScimProfile;
  /** What the server can do. */
  readonly service: () => Promise<ScimService>;
  readonly form: AccountForm;
  readonly find: Finder;
};
