import { createHash, randomBytes } from 'node:crypto';
import type { AuditValue } from '../../ports/registry/audit-chain.ts';

/** Fields of an audit row's detail that are words for people, or who somebody is: they may name a person, so they enter as digests. */
const personalFields: ReadonlySet<string> = new Set([
  'address',
  'addresses',
  'displayName',
  'email',
  'mail',
  'message',
  'name',
  'names',
  'note',
  'reason',
  'summary',
  'to',
]);

type Detail = Readonly<Record<string, unknown>>;
/** What stands in a stored row for a value. */
type Stand = { readonly personal: string };

/** A detail with the digests of its personal values in their places, and the values to keep beside it. Within a personal field all text is personal but codes. */
export function digested(detail: Detail): { readonly detail: Detail; readonly values: readonly AuditValue[] } {
  const values: AuditValue[] = [];
  const stand = (value: string): Stand => {
    const salt = randomBytes(16).toString('hex');
    const digest = digestOf(salt, value);
    values.push({ digest, salt, value });
    return { personal: digest };
  };
  const walk = (value: unknown, isPersonal: boolean): unknown => {
    if (typeof value === 'string') return isPersonal && value !== '' ? stand(value) : value;
    if (Array.isArray(value)) return value.map((item) => walk(item, isPersonal));
    if (typeof value !== 'object' || value === null) return value;
    return walkFields(value, (name, inner) => walk(inner, personalFields.has(name) || (isPersonal && name !== 'code')));
  };
  return { detail: walkFields(detail, (name, inner) => walk(inner, personalFields.has(name))), values };
}

/** The salted digest of a value: who does not have the salt cannot try values out. */
export function digestOf(salt: string, value: string): string {
  return createHash('sha256').update(`${salt}\n${value}`).digest('hex');
}

/** The digests in a stored detail. */
export function digestsIn(value: unknown): readonly string[] {
  if (isStand(value)) return [value.personal];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(digestsIn);
}

/** A stored detail with its values again; what was erased is `{"erased": <digest>}`. */
export function revealed(detail: Detail, values: ReadonlyMap<string, string>): Detail {
  const walk = (value: unknown): unknown => {
    if (isStand(value)) return values.get(value.personal) ?? { erased: value.personal };
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return walkFields(value, (_, inner) => walk(inner));
  };
  return walkFields(detail, (_, inner) => walk(inner));
}

function walkFields(value: object, change: (name: string, inner: unknown) => unknown): Detail {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(name, inner)]));
}

function isStand(value: unknown): value is Stand {
  if (typeof value !== 'object' || value === null || !('personal' in value) || typeof value.personal !== 'string') return false;
  return Object.keys(value).length === 1 && /^[0-9a-f]{64}$/.test(value.personal);
}
