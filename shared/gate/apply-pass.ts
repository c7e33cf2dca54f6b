import type { Act, Outcome } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import { applyMail } from './apply-mail.ts';
import { type Asked, type GateDeps, writeTimeoutMs } from './gate-deps.ts';
import { capability } from './capability.ts';
import { lookAgain } from './look-again.ts';
import { writer } from './send.ts';

/** What is sealed between issuing and showing: the code, and which pass it is of. */
export type SealedPass = { readonly passId: string; readonly code: string };

/** The name under which the pass of a change is sealed. */
export function passName(changeId: string): string {
  return `pass/${changeId}`;
}

/**
 * Issues a pass, seals its code and tells who may see it, in one go. The code is never anywhere but in memory and under seal. A pass whose code may have
 * been lost is replaced, which voids the first: there is one usable pass at most.
 */
export async function applyPass(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow): Promise<Outcome> {
  const { deliver } = asked.change;
  if (deliver === undefined) throw new GatehouseError('internal', 'A pass without anybody to tell is not issued.');
  const told = row.objectId === null ? await toldPass(deps, asked, deliver) : undefined;
  if (told !== undefined) return { is: 'already', object: told };
  const isBeingTold = row.sentAt !== null && row.objectId !== null;
  const passId = isBeingTold ? row.objectId : ((await sealedPass(deps, asked, row)) ?? (await issue(deps, asked, row)));
  if (typeof passId !== 'string') return passId;
  const change = mailOf(deliver, passId) as Admitted<Act>;
  const mail = await applyMail(deps, { ...asked, change }, row, deps.policy.passLink(row.changeId));
  if (mail.is === 'outcome') return mail.outcome;
  return { is: 'done', object: passId, ...(row.requestId === null ? {} : { requestId: row.requestId }) };
}

/** Each pass has a mail of its own: a mail of an earlier pass leads to a code that is void. */
function mailOf(deliver: Act, passId: string): Act {
  return { ...deliver, key: `${deliver.key}/${passId}` };
}

/** A pass that an earlier run issued and told of, and that is still good: another would void it, and nobody would know. */
async function toldPass(deps: GateDeps, { change, request }: Asked<Admitted<Act>>, deliver: Act): Promise<string | undefined> {
  const passes = await capability(deps.target(change.target), 'passes').passesOf(idOf(change), request.signal);
  const live = passes.find((pass) => pass.live);
  if (live === undefined) return undefined;
  const state = await capability(deps.target(deliver.target), 'mail').stateOf(mailOf(deliver, live.id).key, request.signal);
  return state.is === 'sent' ? live.id : undefined;
}

/** The pass that was issued before a crash, when its code is still under seal and it is still good. */
async function sealedPass(deps: GateDeps, { change, request }: Asked<Admitted<Act>>, row: IntentRow): Promise<string | undefined> {
  if (row.objectId === null || !(await deps.secrets.has(passName(row.changeId), deps.clock.now()))) return undefined;
  const passes = await capability(deps.target(change.target), 'passes').passesOf(idOf(change), request.signal);
  return passes.find((pass) => pass.id === row.objectId && pass.live)?.id;
}

async function issue(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow): Promise<string | Outcome> {
  const { change, request } = asked;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(writeTimeoutMs)]);
  const answer = await writer(deps.target(change.target), 'passes').issue(change, signal);
  if (answer.is === 'refused') return { is: 'failed', problem: answer.problem };
  if (answer.is !== 'accepted') return lookAgain(deps, answer.is === 'later' ? answer.retryAfterMs : 1000, answer.problem.message);
  const minutes = Number(change.input['lifetimeMinutes']);
  const startsAt = typeof change.input['startsAt'] === 'string' ? Date.parse(change.input['startsAt']) : deps.clock.now();
  const sealed: SealedPass = { passId: answer.id, code: answer.code };
  await deps.secrets.keep(passName(row.changeId), JSON.stringify(sealed), startsAt + minutes * 60_000);
  await deps.registry.stores.intents.markAnswered(row.changeId, answer.id, answer.requestId ?? null);
  return answer.id;
}

function idOf(change: Act): string {
  if ('id' in change.object) return change.object.id;
  throw new GatehouseError('internal', 'An unresolved reference reached the gate.');
}
