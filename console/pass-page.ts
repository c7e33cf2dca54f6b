import { html as markup } from 'hono/html';
import type { Markup } from './markup.ts';
import { moment } from './moments.ts';
import { page } from './page.ts';
import type { Moment } from './page-data.ts';

/** A pass that may be seen once; one that is being seen, in the answer to the form and nowhere else; or one that cannot be seen, and why. */
export type PassPageData =
  | { readonly is: 'ready'; readonly displayName: string; readonly action: string }
  | {
      readonly is: 'shown';
      readonly displayName: string;
      readonly code: string;
      readonly startsAt: Moment | null;
      readonly endsAt: Moment | null;
      readonly isUsableOnce: boolean;
    }
  | { readonly is: 'gone'; readonly displayName: string; readonly reason: string };

/** The page on which a manager sees their colleague's pass. Looking at it shows nothing: a link in a mail is also followed by programs. */
export function passPage(pass: PassPageData): string {
  const content = markup`<h1>Sign-in pass for ${pass.displayName}</h1>${bodyOf(pass)}`;
  return page({ title: `Pass for ${pass.displayName}`, content, isPublic: true });
}

function bodyOf(pass: PassPageData): Markup {
  if (pass.is === 'ready') {
    return markup`<p class="lead">The pass is shown once, to you. Have ${pass.displayName} with you or on the phone, then ask for it.</p>
<form method="post" action="${pass.action}"><button>Show the pass now</button></form>`;
  }
  if (pass.is === 'gone') return markup`<p class="note warn">${pass.reason}</p>`;
  return markup`<p class="lead">Hand it over in person or by phone, not by mail. This page cannot be opened again.</p>
<p><span class="code">${pass.code}</span></p>
<dl class="facts"><dt>Good from</dt><dd>${pass.startsAt === null ? 'now' : moment(pass.startsAt)}</dd><dt>Until</dt><dd>${moment(pass.endsAt)}</dd>
<dt>Works</dt><dd>${pass.isUsableOnce ? 'once' : 'until then, more than once'}</dd></dl>
<p>To sign in for the first time: choose “Use a Temporary Access Pass” at the sign-in page, then set up a way to sign in of one’s own.</p>`;
}
