import { html as markup, raw } from 'hono/html';
import { type Markup, textOf } from './markup.ts';
import { style, styleDigest } from './style.ts';

/** What a page needs besides its content. */
export type PageFrame = {
  readonly title: string;
  readonly content: Markup;
  /** Loads the page again by itself, for what is still going on. */
  readonly renewAfterSeconds?: number | null;
  /** Leaves the way to the other pages out, where nobody is signed in. */
  readonly isPublic?: boolean;
};

/** The policy under which every page is to be sent: its own style, forms to itself, and nothing else. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleDigest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** A whole document around the content. */
export function page({ title, content, renewAfterSeconds = null, isPublic = false }: PageFrame): string {
  const renewal = renewAfterSeconds === null ? '' : markup`<meta http-equiv="refresh" content="${renewAfterSeconds}">`;
  return textOf(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin">
${renewal}
<title>${title} · Gatehouse</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header class="site"><div><strong>Gatehouse</strong>${isPublic ? '' : navigation()}</div></header>
<main id="content">
${content}
</main>
</body>
</html>
`);
}

function navigation(): Markup {
  return markup`<nav aria-label="Pages"><a href="/console/runs">Runs</a> <a href="/console/holds">Holds</a> <a href="/console/audit">Audit</a></nav>
<form method="post" action="/console/sign-out"><button class="plain">Sign out</button></form>`;
}
