import { appRoleOperations } from './app-roles/app-role-operations.ts';
import { deltaOperations } from './delta/delta-operations.ts';
import { groupOperations } from './groups/group-operations.ts';
import { deviceOperations } from './devices/device-operations.ts';
import type { Operations } from './http/graph-call.ts';
import { licenceOperations } from './licences/licence-operations.ts';
import { mailOperations } from './mail/mail-operations.ts';
import { mailboxSettingsOperations } from './mailbox-settings/mailbox-settings-operations.ts';
import { methodOperations } from './methods/method-operations.ts';
import { packageOperations } from './packages/package-operations.ts';
import { roleOperations } from './roles/role-operations.ts';
import { subscriptionOperations } from './subscriptions/subscription-operations.ts';
import { teamOperations } from './teams/team-operations.ts';
import { tenantOperations } from './tenant/tenant-operations.ts';
import { unitOperations } from './units/unit-operations.ts';
import { userOperations } from './users/user-operations.ts';

/** Every operation that the tenant plays, by method and path template of the contract. */
export const operations: Operations = {
  ...userOperations,
  ...groupOperations,
  ...licenceOperations,
  ...methodOperations,
  ...mailOperations,
  ...roleOperations,
  ...tenantOperations,
  ...deltaOperations,
  ...subscriptionOperations,
  ...appRoleOperations,
  ...mailboxSettingsOperations,
  ...deviceOperations,
  ...unitOperations,
  ...teamOperations,
  ...packageOperations,
};
