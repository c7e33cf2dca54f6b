import type { Api } from '../http/api.ts';
import type { Pace } from '../http/pace.ts';
import type { RecentObjects } from './recent-objects.ts';
import type { PasswordMaker } from './user-body.ts';

/** What the writers of Entra ID share. */
export type EntraParts = {
  readonly api: Api;
  readonly recent: RecentObjects;
  readonly newPassword: PasswordMaker;
  /** Where time is not the machine's own. */
  readonly pace?: Pace;
};
