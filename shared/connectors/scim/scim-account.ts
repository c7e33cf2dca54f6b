import type { Attributes, Value } from '../../domain/change.ts';
import { isSameValue } from '../../domain/same-value.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import type { Resource } from './list-resources.ts';
import { propertyOf } from './json.ts';
import { valueAt } from './place-value.ts';
import type { AccountForm } from './scim-context.ts';
import { placeOf } from './scim-place.ts';

/** A SCIM user in the words of the port: the attributes that the mapping fills, absent ones null; the manager is an id. An account is enabled unless its `active` is what a shut one has. */
export function toFoundAccount(user: Resource, form: AccountForm): FoundAccount {
  const names = [...form.attributes, ...(form.manager ? ['manager'] : [])];
  const attributes: Attributes = Object.fromEntries(names.map((name) => [name, valueAt(user, placeOf(name))]));
  return {
    id: user.id,
    attributes,
    enabled: isEnabled(valueAt(user, { attribute: 'active' }), form),
    employeeId: form.workerId === null ? null : textOf(valueAt(user, placeOf(form.workerId))),
    displayName: textOf(valueAt(user, { attribute: 'displayName' })) ?? textOf(valueAt(user, { attribute: 'userName' })),
    anchor: null,
    masteredElsewhere: false,
    syncedAt: null,
  };
}

/** The ids of the groups that a user names as its own. */
export function groupsIn(user: Resource): readonly string[] {
  const groups = propertyOf(user, 'groups');
  return Array.isArray(groups) ? groups.map((group) => propertyOf(group, 'value')).filter((value) => typeof value === 'string') : [];
}

// An account that says nothing of it can be used, for all that is known.
function isEnabled(active: Value, form: AccountForm): boolean {
  if (active === null) return true;
  const shown = typeof active === 'string' ? truthIn(active) : active;
  return !isSameValue('active', form.active(false), shown);
}

/** Some servers show truth as text (https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility). */
function truthIn(text: string): string | boolean {
  if (/^true$/i.test(text)) return true;
  return /^false$/i.test(text) ? false : text;
}

function textOf(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}
