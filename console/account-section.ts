import { html as markup } from 'hono/html';
import { badge } from './badge.ts';
import type { Markup } from './markup.ts';
import { systemName } from './names.ts';
import type { AccountData } from './page-data.ts';
import { valueText } from './value-text.ts';

/** One account: whether it is there and open, what is expected of it against what its target shows now, and the access due there. */
export function accountSection(account: AccountData): Markup {
  return markup`<section>
<h3>${systemName(account.target)} <span class="muted small">(${account.target})</span> ${stateOf(account)}</h3>
<p class="small"><span class="id">${account.nativeId}</span> <span class="muted">· ${account.how}</span></p>
${account.actual.is === 'unreadable' ? markup`<p class="note bad">${account.actual.message}</p>` : ''}
${entitlementsOf(account)}
${attributesOf(account)}
</section>`;
}

function stateOf({ actual }: AccountData): Markup {
  if (actual.is === 'missing') return badge({ icon: '✗', word: 'missing', tone: 'bad' });
  if (actual.is === 'unreadable') return badge({ icon: '?', word: 'cannot be read', tone: 'bad' });
  return actual.enabled ? badge({ icon: '✓', word: 'enabled', tone: 'good' }) : badge({ icon: '⏸', word: 'disabled', tone: 'quiet' });
}

function entitlementsOf({ expected, actual }: AccountData): Markup | '' {
  if (expected.entitlements.length === 0) return '';
  const groups = new Set(actual.is === 'seen' ? actual.groups : []);
  const has = (kind: string, object: string) => (kind !== 'group' || actual.is !== 'seen' ? '–' : groups.has(object) ? '✓ yes' : '✗ no');
  return markup`<div class="scroll"><table><caption>Access due by the rules</caption>
<thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">By rule</th><th scope="col">There now</th></tr></thead><tbody>
${expected.entitlements.map(({ name, kind, object, rules }) => markup`<tr><th scope="row">${name}</th><td>${kind}</td><td>${rules.join(', ')}</td><td>${has(kind, object)}</td></tr>`)}
</tbody></table></div>`;
}

function attributesOf({ expected, actual, how }: AccountData): Markup {
  const now = actual.is === 'seen' ? actual.attributes : {};
  const rows = Object.entries(expected.attributes).map(([name, value]) => {
    const [wanted, found] = [valueText(value), valueText(now[name])];
    const differs = actual.is === 'seen' && wanted !== found && !(wanted === '(empty)' && found === '–');
    return {
      differs,
      row: markup`<tr><th scope="row">${name}</th><td>${wanted}</td><td${differs ? markup` class="differs"` : ''}>${differs ? '≠ ' : ''}${found}</td></tr>`,
    };
  });
  const differing = rows.filter(({ differs }) => differs).length;
  // What is synced comes from its master, whose own account is compared above or below.
  const isAlarming = differing > 0 && how !== 'synced';
  const verdict =
    differing === 0 ? 'all as expected' : `${differing} other than expected${how === 'synced' ? ', as its master keeps them' : ''}`;
  return markup`<details${isAlarming ? markup` open` : ''}><summary>Attributes: ${verdict}</summary>
<div class="scroll"><table><thead><tr><th scope="col">Attribute</th><th scope="col">Expected</th><th scope="col">There now</th></tr></thead><tbody>
${rows.map(({ row }) => row)}
</tbody></table></div></details>`;
}
