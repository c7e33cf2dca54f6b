import type { Run } from '../../ports/registry/runs.ts';
import type { Stores } from '../../ports/registry/registry.ts';

/** What was carried out for a person so far, as far as it decides what has to follow. */
export type History = {
  /** They have accounts, had some, or were begun to be set up. */
  readonly isRealised: boolean;
  /** Something of their leaving has been begun since they last came: any of it, and the closing of access. */
  readonly isLeaverBegun: boolean;
  readonly isContainBegun: boolean;
};

const looksBack = 100;
const comings: ReadonlySet<string> = new Set(['joiner', 'rehire', 'withdrawn']);
/** Triggers of the stages in which somebody leaves. */
export const leaverStages: ReadonlySet<string> = new Set(['leaver', 'contained', 'stripped']);

/** Reads what was carried out for the person. */
export async function historyOf(stores: Stores, personId: string): Promise<History> {
  const runs = await begun(stores, personId);
  const leaving = sinceComing(runs);
  const hasAccounts = (await stores.links.of(personId)).length > 0 || (await stores.links.endedOf(personId)).length > 0;
  const isBaseline = (await stores.people.byId(personId))?.baseline === true;
  return {
    isRealised: isBaseline || hasAccounts || runs.some(({ trigger }) => trigger === 'joiner' || trigger === 'rehire'),
    isLeaverBegun: leaving.length > 0,
    isContainBegun: leaving.some(({ lane, trigger }) => lane === 'contain' || trigger !== 'leaver'),
  };
}

/** Whether the person's leaving is planned, under way or done already, so that the day itself sets nothing off. */
export async function endsByItself(stores: Stores, personId: string): Promise<boolean> {
  const isPlanned = (await stores.runs.unfinishedOf(personId)).some(({ trigger, lane }) => trigger === 'leaver' && lane === 'contain');
  return isPlanned || sinceComing(await begun(stores, personId)).some(({ lane, trigger }) => lane === 'contain' || trigger !== 'leaver');
}

/** Runs that were started, newest first. */
async function begun(stores: Stores, personId: string): Promise<readonly Run[]> {
  return (await stores.runs.list({ personId, limit: looksBack })).filter(({ attempt }) => attempt > 0);
}

function sinceComing(runs: readonly Run[]): readonly Run[] {
  const came = runs.findIndex(({ trigger }) => comings.has(trigger));
  return (came < 0 ? runs : runs.slice(0, came)).filter(({ trigger }) => leaverStages.has(trigger));
}
