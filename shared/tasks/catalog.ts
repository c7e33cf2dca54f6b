import { awaitSyncedAccount } from './await-synced-account.ts';
import { createAccount } from './create-account.ts';
import { enableAccount } from './enable-account.ts';
import { ensureGroups } from './ensure-groups.ts';
import { ensureLicences } from './ensure-licences.ts';
import { issuePass } from './issue-pass.ts';
import { sendMail } from './send-mail.ts';
import { setManager } from './set-manager.ts';
import type { Subject } from '../domain/subject.ts';
import type { Claim, Plan } from '../domain/change.ts';
import type { Sight, Task } from './task.ts';
import { writeBack } from './write-back.ts';

/** A task whose input is checked when it is used: what a workflow's `with` holds is only known at run time. */
export type CatalogTask = Pick<Task<unknown>, 'id' | 'does' | 'input'> & {
  plan(input: unknown, subject: Subject, sight: Sight): Promise<Plan>;
  claim?(input: unknown, subject: Subject, sight: Sight): Promise<Claim>;
};

/** Every kind of step that workflows can name. */
export const catalog: readonly CatalogTask[] = [
  listed(awaitSyncedAccount),
  listed(createAccount),
  listed(enableAccount),
  listed(ensureGroups),
  listed(ensureLicences),
  listed(issuePass),
  listed(sendMail),
  listed(setManager),
  listed(writeBack),
];

function listed<Input>(task: Task<Input>): CatalogTask {
  const { id, does, input: schema, claim } = task;
  return {
    id,
    does,
    input: schema,
    plan: (input, subject, sight) => task.plan(schema.parse(input), subject, sight),
    ...(claim === undefined ? {} : { claim: (input, subject, sight) => claim(schema.parse(input), subject, sight) }),
  };
}
