import { html as markup } from 'hono/html';
import type { Claim } from '../shared/domain/change.ts';
import type { Markup } from './markup.ts';
import { systemName } from './names.ts';

const tones = { closed: 'good', provisional: 'warn', open: 'bad' } as const;

/** What may be claimed of somebody's access to a system, and what goes on for a while or cannot be known. */
export function claimNote({ target, is, claims, remains }: Claim): Markup {
  const rest = remains.length === 0 ? '' : markup`<ul class="small">${remains.map((one) => markup`<li>${one}</li>`)}</ul>`;
  return markup`<div class="note ${tones[is]}"><p><strong>${systemName(target)}: ${is}.</strong> ${claims}${remains.length === 0 ? '' : ' What remains:'}</p>${rest}</div>`;
}
