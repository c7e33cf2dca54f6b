import type { HrWorker, SandboxControl } from '../sandbox-control.ts';

/** The worker as HR has them. Throws where HR has none: the simulated company was seeded otherwise. */
export async function knownWorker(control: SandboxControl, workerId: string): Promise<HrWorker> {
  const worker = await control.worker(workerId);
  if (worker === undefined) throw new Error(`HR has no worker ${workerId}. npm start -- --reset begins anew.`);
  return worker;
}
