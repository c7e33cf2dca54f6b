import type { Attributes } from '../../domain/change.ts';
import type { Json } from './json.ts';
import { plainValue, putAt } from './place-value.ts';
import type { AccountForm } from './scim-context.ts';
import type { AttributeRules } from './attribute-rules.ts';
import { placeOf } from './scim-place.ts';
import { scimUrns } from './scim-urns.ts';

/** The body of a new user. Attributes that are null are left out, and so is what the server does not let be written. */
export function createBody(after: Attributes, form: AccountForm, rules: AttributeRules): Json {
  const body: Json = {};
  const extensions = new Set<string>();
  for (const [name, value] of Object.entries(after)) {
    const place = placeOf(name);
    if (name === 'enabled' || value === null || !rules.mayWrite(place, true)) continue;
    if (place.extension !== undefined) extensions.add(place.extension);
    putAt(body, place, plainValue(value));
  }
  return { schemas: [scimUrns.user, ...extensions], ...body, active: form.active(after['enabled'] === true) };
}
