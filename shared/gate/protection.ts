import type { Change, Effect, Outcome, Ref } from '../domain/change.ts';
import type { TargetId } from '../domain/ids.ts';
import type { AccountLink } from '../domain/subject.ts';
import { type ErrorCode, GatehouseError } from '../errors.ts';
import type { GateDeps, GateRequest } from './gate-deps.ts';
import { isGone } from './is-gone.ts';

const forbidden: ReadonlySet<Effect> = new Set(['grant', 'credential', 'destroy', 'enable', 'attribute', 'create']);

const ofThePerson: ReadonlySet<Effect> = new Set(['credential', 'enable', 'destroy']);
/** The target will not say, however often it is asked. */
const mayNotBeRead: ReadonlySet<ErrorCode> = new Set(['target-forbidden', 'target-refused']);

/**
 * Stops what protection forbids. Nothing is written to a break-glass account. A privileged account is given, reset and destroyed nothing by itself, and nothing of it is undone; that it is contained takes
 * the agreement of two people, for which the run is held. Fails closed: where privilege cannot be read, the reading throws.
 */
export async function stopProtected(deps: GateDeps, change: Change, request: GateRequest): Promise<Outcome | undefined> {
  if (change.kind === 'contact' || change.kind === 'mail') return undefined;
  if (touched(change).some((ref) => 'id' in ref && deps.policy.isBreakGlass(change.target, ref.id))) {
    const message = `The account is one for emergencies in ${change.target}: nothing is written to it by Gatehouse, whoever asks.`;
    return { is: 'refused', reason: { code: 'break-glass', message } };
  }
  if (!('id' in change.object)) return undefined;
  if (change.effect === 'contain') return stopContaining(deps, change, request, change.object.id);
  // What is deleted shows no privileges. It comes back as disabled as it went, and is looked at before it is enabled.
  if (change.do === 'restore') return undefined;
  return forbidden.has(change.effect) || isUndone(change) ? stopChanging(deps, change, request, change.object.id) : undefined;
}

function touched(change: Change): readonly Ref[] {
  return change.as === 'reach' && (change.do === 'link' || change.do === 'unlink') ? [change.object, change.other] : [change.object];
}

/** Taking something away is allowed, but not as the undoing of what was done before. */
function isUndone({ cause }: Change): boolean {
  return cause.reference.startsWith('undo:');
}

async function stopChanging(deps: GateDeps, change: Change, request: GateRequest, nativeId: string): Promise<Outcome | undefined> {
  const own = { target: change.target, nativeId };
  // A credential opens more than the account it is for, and an account that is opened or deleted takes along what follows it: there, a privilege of any of the person's accounts counts.
  const accounts =
    ofThePerson.has(change.effect) || isUndone(change) ? [own, ...(await deps.registry.stores.links.of(request.personId))] : [own];
  for (const account of accounts) {
    const reading = isPrivileged(deps, request, account.target, account.nativeId);
    if (!(await (takes(change) ? reading.catch(unlessGone(deps, request, account)) : reading))) continue;
    const message = `The account in ${account.target} holds a privilege: such a change is made by hand, by two people.`;
    return { is: 'refused', reason: { code: 'protected', message } };
  }
  return undefined;
}

function takes({ do: what }: Change): boolean {
  return what === 'delete' || what === 'purge' || what === 'unlink';
}

/** An account that is gone, such as by a deletion whose answer was lost or with the one that masters it, holds no privilege, and keeps nobody from taking away what is left. */
function unlessGone(deps: GateDeps, { signal }: GateRequest, { target, nativeId }: Pick<AccountLink, 'target' | 'nativeId'>) {
  return async (error: unknown): Promise<false> => {
    if (await isGone(deps.target(target), nativeId, error, signal)) return false;
    throw error;
  };
}

async function stopContaining(deps: GateDeps, change: Change, request: GateRequest, nativeId: string): Promise<Outcome | undefined> {
  const why = request.agreed ? undefined : await whyApproved(deps, change, request, nativeId);
  if (why === undefined) return undefined;
  const message = `OPEN in ${change.target}: ${why}, so two approvers have to agree that it is shut. They have been paged.`;
  return { is: 'held', reason: { code: 'approval', message } };
}

/**
 * Shutting one account of somebody may shut another that follows it, so that a privilege of any of them counts. What may not be read at all counts as privileged, and people decide; what cannot be
 * read just now is tried again. Another account that cannot be read keeps nobody from shutting this one.
 */
async function whyApproved(deps: GateDeps, { target }: Change, request: GateRequest, nativeId: string): Promise<string | undefined> {
  const links = (await deps.registry.stores.links.of(request.personId)).filter((link) => link.nativeId !== nativeId);
  const others = links.map((link) =>
    isPrivileged(deps, request, link.target, link.nativeId).then(
      (is) => (is ? link.target : undefined),
      () => undefined,
    ),
  );
  try {
    const own = await isPrivileged(deps, request, target, nativeId);
    const where = own ? target : (await Promise.all(others)).find((one) => one !== undefined);
    return where && `the account in ${where} holds a privilege`;
  } catch (error) {
    if (!(error instanceof GatehouseError) || !mayNotBeRead.has(error.code)) throw error;
    return `whether the account in ${target} holds a privilege cannot be read (${error.message})`;
  }
}

/** Read once a step, for it takes several calls. */
async function isPrivileged(deps: GateDeps, request: GateRequest, target: TargetId, nativeId: string): Promise<boolean> {
  const key = `${target}/${nativeId}`;
  const known =
    request.privileged.get(key) ?? deps.target(target).reads.accounts?.isPrivileged(nativeId, request.signal) ?? Promise.resolve(false);
  request.privileged.set(key, known);
  return known;
}
