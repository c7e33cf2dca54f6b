import { markSending, sent, unsent } from './account-moves.ts';
import { type AtWork, goOn } from './at-work.ts';
import { has } from './setting.ts';
import type { Move } from './state.ts';

/** So many drafts of one mail are enough to go wrong; a third is never written. */
const mostDrafts = 2;

/** `applyMail`: look, draft, mark, send, look again. */
export function mailMoves(at: AtWork): readonly Move[] {
  switch (at.worker.doing) {
    case 'look':
      return look(at);
    case 'draft':
      return writeDraft(at);
    case 'mark':
      return [markSending(at, at.worker.draft)];
    case 'send':
      return send(at);
    default:
      return verify(at);
  }
}

/** `stateOf`: in Sent Items, else in Drafts, else nowhere. */
function look(at: AtWork): readonly Move[] {
  const { worker, setting, state } = at;
  if (has(setting, 'no look on take-over')) return [goOn(at, 'does not look', { doing: 'draft' })];
  if (state.world.drafts.includes('seen')) return [findSent(at)];
  const absent = worker.sawSent ? lost(at) : [goOn(at, 'finds no mail', { doing: 'draft' })];
  const found = state.world.drafts.map((draft, index) => {
    if (draft === 'sent') return findSent(at);
    const isAnother = worker.sawSent && index !== worker.sawDraft && !has(setting, 'any draft is sent');
    return isAnother ? null : goOn(at, `finds draft ${index + 1}`, { doing: 'mark', draft: index });
  });
  return [...absent, ...found.filter((move) => move !== null)];
}

/** It was handed over and is not to be seen: it may be soon, or nobody knows. */
function lost(at: AtWork): readonly Move[] {
  return [
    goOn(at, 'does not find the mail that was handed over, and looks again', { doing: 'release' }),
    goOn(at, 'does not find the mail that was handed over, for a minute', { doing: 'close', result: 'unknown' }),
  ];
}

function writeDraft(at: AtWork): readonly Move[] {
  const { world } = at.state;
  const failed = goOn(at, 'writes a draft: lost on its way', { doing: 'release' });
  if (world.drafts.length >= mostDrafts) return [failed];
  const state = { ...at.state, world: { ...world, drafts: [...world.drafts, 'written' as const] } };
  const draft = world.drafts.length;
  return [
    failed,
    goOn(at, `writes draft ${draft + 1}`, { doing: 'mark', draft }, state),
    goOn(at, `writes draft ${draft + 1}, and the answer is lost`, { doing: 'release' }, state),
  ];
}

/** A draft can be sent once: after that there is no such draft. */
function send(at: AtWork): readonly Move[] {
  const { world } = at.state;
  const { draft } = at.worker;
  if (world.drafts[draft] !== 'written')
    return [...unsent(at), goOn(at, 'sends the mail: there is no such draft', { doing: 'close', result: 'failed' })];
  return [...unsent(at), ...sent(at, { ...world, drafts: world.drafts.map((one, index) => (index === draft ? 'sent' : one)) })];
}

function verify(at: AtWork): readonly Move[] {
  const { drafts } = at.state.world;
  const hidden = goOn(at, 'does not find the mail in Sent Items yet', { doing: 'release' });
  return drafts.includes('seen') ? [findSent(at)] : drafts.includes('sent') ? [hidden, findSent(at)] : [hidden];
}

function findSent(at: AtWork): Move {
  const { world } = at.state;
  const drafts = world.drafts.map((draft) => (draft === 'sent' ? 'seen' : draft));
  return goOn(at, 'finds the mail in Sent Items', { doing: 'close', result: 'done' }, { ...at.state, world: { ...world, drafts } });
}
