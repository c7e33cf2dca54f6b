import type { Act, Outcome, Value } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import type { Answer } from '../ports/writers/answer.ts';
import { type Asked, type GateDeps, visibilityMs, writeTimeoutMs } from './gate-deps.ts';
import { capability } from './capability.ts';
import { lookAgain } from './look-again.ts';
import { writer } from './send.ts';

/** How far a mail has come: `sent` was found in Sent Items, by a sending of this change unless `already`; else the outcome for now. */
export type MailProgress =
  | { readonly is: 'sent'; readonly id: string; readonly already: boolean; readonly requestId?: string }
  | { readonly is: 'outcome'; readonly outcome: Outcome };

/**
 * Writes the mail as a draft under its key, sends the draft, and looks for it in Sent Items. A draft may be written twice without harm: only the one that
 * was handed over first is ever sent. A sending whose answer was lost is only looked for.
 */
export async function applyMail(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow, link?: string): Promise<MailProgress> {
  const { change, request } = asked;
  const target = deps.target(change.target);
  const state = await capability(target, 'mail').stateOf(change.key, request.signal);
  if (state.is === 'sent') return { is: 'sent', id: state.id ?? change.key, already: row.sentAt === null };
  if (row.sentAt !== null && (state.is === 'absent' || isAnotherDraft(row, state.id))) return lost(deps, row);
  const draftId = state.is === 'draft' && state.id !== undefined ? state.id : await draft(deps, asked, link);
  if (typeof draftId !== 'string') return { is: 'outcome', outcome: draftId };
  return sendDraft(deps, asked, row, draftId);
}

/** A draft that a lost answer left behind, and not the one that was handed over: sending it too would be a second mail. */
function isAnotherDraft({ observedBefore }: IntentRow, id: string | undefined): boolean {
  return observedBefore?.['draft'] !== undefined && observedBefore['draft'] !== id;
}

async function draft(deps: GateDeps, asked: Asked<Admitted<Act>>, link: string | undefined): Promise<string | Outcome> {
  const { change, request } = asked;
  const to = change.input['to'];
  const addresses = Array.isArray(to) ? to.map(String) : [];
  const facts = { personId: request.personId, ...(link === undefined ? {} : { link }) };
  const mail = await deps.renderMail(textOf(change.input['template']), addresses, facts);
  const answer = await writer(deps.target(change.target), 'mail').draft(change, mail, timed(request.signal));
  return answer.is === 'accepted' ? answer.id : outcomeOf(deps, answer);
}

async function sendDraft(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow, draftId: string): Promise<MailProgress> {
  const { change, request } = asked;
  const { intents } = deps.registry.stores;
  if (!(await intents.markSending(row.changeId, row.leaseUntil, { draft: draftId }, deps.clock.now()))) {
    return { is: 'outcome', outcome: lookAgain(deps, 1000, 'another worker took this mail over') };
  }
  const target = deps.target(change.target);
  const answer = await writer(target, 'mail').send(change, draftId, timed(request.signal));
  // An earlier sending whose answer was lost stays written down, whatever became of this one.
  if (answer.is === 'later') await intents.release(row, row.sentAt === null);
  if (answer.is === 'later' || answer.is === 'refused') return { is: 'outcome', outcome: outcomeOf(deps, answer) };
  const state = await capability(target, 'mail').stateOf(change.key, request.signal);
  if (state.is !== 'sent') return { is: 'outcome', outcome: lookAgain(deps, 1000, 'handed over; waiting until it stands in Sent Items') };
  const requestId = answer.is === 'accepted' ? answer.requestId : undefined;
  return { is: 'sent', id: state.id ?? change.key, already: false, ...(requestId === undefined ? {} : { requestId }) };
}

/** Neither draft nor sent, though it was handed over: it may be under way for a while; after that nobody knows. */
function lost(deps: GateDeps, row: IntentRow): MailProgress {
  const waited = deps.clock.now() - (row.sentAt ?? 0);
  if (waited < visibilityMs.mail)
    return { is: 'outcome', outcome: lookAgain(deps, 5000, 'handed over; waiting until it stands in Sent Items') };
  const message = 'The mail was handed over, but stands neither in Drafts nor in Sent Items. It is not sent again: ask the recipient.';
  return { is: 'outcome', outcome: { is: 'unknown', problem: { code: 'answer-lost', message } } };
}

function outcomeOf(deps: GateDeps, answer: Exclude<Answer, { is: 'accepted' }>): Outcome {
  if (answer.is === 'refused') return { is: 'failed', problem: answer.problem };
  return lookAgain(deps, answer.is === 'later' ? answer.retryAfterMs : 1000, answer.problem.message);
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function timed(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(writeTimeoutMs)]);
}
