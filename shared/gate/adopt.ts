import type { Finding, Outcome } from '../domain/change.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { GateDeps, GateRequest } from './gate-deps.ts';
import { populationOf } from './population-of.ts';
import { lookAgain } from './look-again.ts';
import type { Passage } from './passage.ts';

/** Records that an existing account is the person's own, with the names it bears, under the brake on adoption; or that a linked one is gone. Writes nothing to the target. */
export async function adopt(deps: GateDeps, finding: Finding, request: GateRequest): Promise<Passage> {
  return deps.registry.transaction(async (stores): Promise<Passage> => {
    const person = await stores.people.lock(request.personId, 'share');
    if (person === undefined || person.epoch !== request.epoch) return { is: 'superseded' };
    if (finding.how !== 'gone' && deps.policy.isBreakGlass(finding.target, finding.id)) {
      const message = `The account that was found in ${finding.target} is one for emergencies, and nobody's.`;
      return outcome({ is: 'held', reason: { code: 'break-glass', message } });
    }
    const now = deps.clock.now();
    const brake = finding.how === 'adopted' ? deps.policy.brake('adopt', await populationOf(stores, now)) : undefined;
    const reference = `${finding.target}/${finding.id}`;
    if (brake !== undefined && !(await stores.budgets.reserve({ key: `${finding.target}/adopt`, reference, now, ...brake }))) {
      return held(`The brake on adopting accounts in ${finding.target} is at its limit of ${brake.limit} people.`);
    }
    const { target, id, how, anchor } = finding;
    if (how === 'gone') return forget(stores, finding, request, now);
    if (!(await stores.links.record({ target, nativeId: id, personId: request.personId, kind: 'primary', how, anchor, since: now }))) {
      return outcome(lookAgain(deps, 0, 'the account was linked to somebody else meanwhile'));
    }
    for (const name of finding.names) await stores.names.reserve(request.personId, name);
    await stores.audit.append([
      {
        at: now,
        actor: request.actor,
        action: `account.${how}`,
        personId: request.personId,
        runId: request.runId,
        target,
        detail: { id, cause: finding.cause.reference },
      },
    ]);
    return outcome({ is: how === 'adopted' ? 'already' : 'done', object: id });
  });
}

/** The account was looked for and is not there any more: its link counts no longer, so that another can take its place. */
async function forget(stores: Stores, { target, id, cause }: Finding, request: GateRequest, at: number): Promise<Passage> {
  await stores.links.end(target, id, at);
  const { actor, personId, runId } = request;
  await stores.audit.append([{ at, actor, action: 'account.gone', personId, runId, target, detail: { id, cause: cause.reference } }]);
  return outcome({ is: 'already', object: id });
}

function held(message: string): Passage {
  return outcome({ is: 'held', reason: { code: 'brake', message } });
}

function outcome(value: Outcome): Passage {
  return { is: 'outcome', outcome: value };
}
