import { assignAccessPackages } from './assign-access-packages.ts';
import { awaitSyncedAccount } from './await-synced-account.ts';
import { confirmContainment } from './confirm-containment.ts';
import { containAccount } from './contain-account.ts';
import { createAccount } from './create-account.ts';
import { deleteAccount } from './delete-account.ts';
import { enableAccount } from './enable-account.ts';
import { ensureGroups } from './ensure-groups.ts';
import { ensureLicences } from './ensure-licences.ts';
import { ensureTeams } from './ensure-teams.ts';
import { ensureUnits } from './ensure-units.ts';
import { handOverOwnership } from './hand-over-ownership.ts';
import { issuePass } from './issue-pass.ts';
import { moveToOu } from './move-to-ou.ts';
import { purgeAccount } from './purge-account.ts';
import { removeAccessPackages } from './remove-access-packages.ts';
import { removeAppRoles } from './remove-app-roles.ts';
import { removeCredentials } from './remove-credentials.ts';
import { removeDevices } from './remove-devices.ts';
import { removeEndedAccess } from './remove-ended-access.ts';
import { removeGroups } from './remove-groups.ts';
import { removeLicences } from './remove-licences.ts';
import { removeMethods } from './remove-methods.ts';
import { removePasses } from './remove-passes.ts';
import { renameAccount } from './rename-account.ts';
import { reviveAccount } from './revive-account.ts';
import { sendActivation } from './send-activation.ts';
import { sendMail } from './send-mail.ts';
import { setAutoReply } from './set-auto-reply.ts';
import { setManager } from './set-manager.ts';
import { setSponsors } from './set-sponsors.ts';
import { undo } from './undo.ts';
import { unlockAccount } from './unlock-account.ts';
import { updateAccount } from './update-account.ts';
import { writeBack } from './write-back.ts';
import type { Subject } from '../domain/subject.ts';
import type { Claim, Plan } from '../domain/change.ts';
import type { Sight, Task } from './task.ts';

/** A task whose input is checked when it is used: what a workflow's `with` holds is only known at run time. */
export type CatalogTask = Pick<Task<unknown>, 'id' | 'does' | 'input'> & {
  plan(input: unknown, subject: Subject, sight: Sight): Promise<Plan>;
  claim?(input: unknown, subject: Subject, sight: Sight): Promise<Claim | undefined>;
};

/** Every kind of step that workflows can name. */
export const catalog: readonly CatalogTask[] = [
  listed(assignAccessPackages),
  listed(awaitSyncedAccount),
  listed(confirmContainment),
  listed(containAccount),
  listed(createAccount),
  listed(deleteAccount),
  listed(enableAccount),
  listed(ensureGroups),
  listed(ensureLicences),
  listed(ensureTeams),
  listed(ensureUnits),
  listed(handOverOwnership),
  listed(issuePass),
  listed(moveToOu),
  listed(purgeAccount),
  listed(removeAccessPackages),
  listed(removeAppRoles),
  listed(removeCredentials),
  listed(removeDevices),
  listed(removeEndedAccess),
  listed(removeGroups),
  listed(removeLicences),
  listed(removeMethods),
  listed(removePasses),
  listed(renameAccount),
  listed(reviveAccount),
  listed(sendActivation),
  listed(sendMail),
  listed(setAutoReply),
  listed(setManager),
  listed(setSponsors),
  listed(undo),
  listed(unlockAccount),
  listed(updateAccount),
  listed(writeBack),
];

function listed<Input>(task: Task<Input>): CatalogTask {
  const { id, does, input: schema } = task;
  const plan: CatalogTask['plan'] = (input, subject, sight) => task.plan(schema.parse(input), subject, sight);
  if (task.claim === undefined) return { id, does, input: schema, plan };
  return { id, does, input: schema, plan, claim: async (input, subject, sight) => task.claim?.(schema.parse(input), subject, sight) };
}
