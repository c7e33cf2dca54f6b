import type { Attributes } from '../../domain/change.ts';
import type { AttributeRules } from './attribute-rules.ts';
import type { Resource } from './list-resources.ts';
import { plainValue, valueAt } from './place-value.ts';
import type { AccountForm } from './scim-context.ts';
import { placeOf, type ScimPlace } from './scim-place.ts';

/** A value to be put at a place of a resource; null takes it away. */
export type Edit = { readonly place: ScimPlace; readonly value: unknown };

/** What of the desired attributes a user has otherwise, and may be written. What is so already is left out: some servers refuse to remove what is not there. */
export function userEdits(after: Attributes, current: Resource, form: AccountForm, rules: AttributeRules): readonly Edit[] {
  return Object.entries(after).flatMap(([name, desired]): readonly Edit[] => {
    const place = name === 'enabled' ? { attribute: 'active' } : placeOf(name);
    const value = name === 'enabled' ? form.active(desired === true) : plainValue(desired);
    const isSo = JSON.stringify(valueAt(current, place)) === JSON.stringify(value);
    return isSo || !rules.mayWrite(place, false) ? [] : [{ place, value }];
  });
}
