import type { Attributes } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import type { DueEntitlement } from '../tasks/task.ts';
import type { OperationDeps } from './deps.ts';

/** One account: what the rules expect of it, and what its target shows now. */
export type AccountView = {
  readonly target: string;
  readonly nativeId: string;
  readonly how: AccountLink['how'];
  readonly expected: { readonly attributes: Attributes; readonly entitlements: readonly DueEntitlement[] };
  readonly actual:
    | { readonly is: 'seen'; readonly enabled: boolean; readonly attributes: Attributes; readonly groups: readonly string[] }
    | { readonly is: 'missing' }
    | { readonly is: 'unreadable'; readonly message: string };
};

const readTimeoutMs = 10_000;

/** The person's accounts, read now. A target that cannot be read says so instead of hiding the others. */
export function accountViews(deps: OperationDeps, subject: Subject): Promise<readonly AccountView[]> {
  return Promise.all(subject.links.map((link) => accountView(deps, subject, link)));
}

async function accountView(deps: OperationDeps, subject: Subject, link: AccountLink): Promise<AccountView> {
  const { target, nativeId, how } = link;
  const { rules } = deps;
  const attributes = rules.blueprint(target, subject, deps.clock.now()).attributes([]).always;
  const expected = { attributes, entitlements: rules.entitlements(target, subject.worker) };
  return { target, nativeId, how, expected, actual: await actual(deps, link) };
}

async function actual(deps: OperationDeps, { target, nativeId }: AccountLink): Promise<AccountView['actual']> {
  const signal = AbortSignal.timeout(readTimeoutMs);
  const reads = deps.targets.get(target)?.reads;
  try {
    const found: FoundAccount | undefined = await reads?.accounts?.byId(nativeId, signal);
    if (found === undefined) return { is: 'missing' };
    const groups = (await reads?.memberships?.groupsOf(nativeId, signal)) ?? [];
    return { is: 'seen', enabled: found.enabled, attributes: found.attributes, groups };
  } catch (error) {
    return { is: 'unreadable', message: error instanceof GatehouseError ? error.message : 'The target could not be read.' };
  }
}
