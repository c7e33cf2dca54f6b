import { html as markup } from 'hono/html';
import { page } from './page.ts';

/** Where to go after signing in (an address of this site), and what was wrong with an earlier attempt. */
export type SignInPageData = { readonly returnTo: string; readonly problem?: string };

/** The page on which an operator pastes a token. It posts `token` and `returnTo` to `/console/sign-in`. */
export function signInPage({ returnTo, problem }: SignInPageData): string {
  const content = markup`<h1>Sign in</h1>
${problem === undefined ? '' : markup`<p class="note bad" role="alert">${problem}</p>`}
<form method="post" action="/console/sign-in">
<input type="hidden" name="returnTo" value="${returnTo}">
<label for="token">Token</label>
<textarea id="token" name="token" rows="5" required autocomplete="off" spellcheck="false" aria-describedby="where" autofocus></textarea>
<p id="where" class="muted small">On this machine the operator’s token is in the file <code>.gatehouse/token</code>.</p>
<button>Sign in</button>
</form>`;
  return page({ title: 'Sign in', content, isPublic: true });
}
