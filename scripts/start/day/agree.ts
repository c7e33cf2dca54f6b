import type { Stage } from './act.ts';

const approvers = ['approver', 'admin'] as const;

/** Lets two approvers, each under their own token, agree to what is held about the person. Answers when the second did, in milliseconds; undefined where nothing waits for them. */
export async function agree(workerId: string, { api, control, screen }: Stage): Promise<number | undefined> {
  const runs = (await api.runsOf(`generic:${workerId}`)) ?? [];
  const held = (await api.holds()).filter(({ reference, approvals }) => approvals > 1 && runs.some(({ id }) => id === reference));
  if (held.length === 0) return undefined;
  for (const { id } of held) {
    for (const [index, client] of approvers.entries()) {
      const state = await api.decide(id, 'resume', {
        token: await control.token(client),
        reason: 'Confirmed with HR and with the person’s manager.',
      });
      const what = state === 'waiting' ? 'agrees; one more is needed' : 'agrees too; it is carried out';
      screen.print(`    approver ${index + 1} of ${approvers.length} (${client}) ${what}`);
    }
  }
  return control.now();
}
