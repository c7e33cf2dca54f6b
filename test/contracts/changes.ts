import type {
  Act,
  Attributes,
  Create,
  Delete,
  Effect,
  Grantable,
  Link,
  ObjectKind,
  Purge,
  Relation,
  Restore,
  Update,
} from '../../shared/domain/change.ts';
import type { Admitted } from '../../shared/ports/writers/admitted.ts';
import { admitted } from '../support/admitted.ts';

const cause = { reference: 'rule:contract@1', message: 'a contract test' };
const aim = (effect: Effect) => ({ target: 'contract', person: 'person-1', kind: 'account' as const, effect, cause });

/** A new account. */
export function creating(after: Attributes): Admitted<Create> {
  return admitted({ ...aim('create'), object: { accountIn: 'contract' }, as: 'reach', do: 'create', after, names: [] });
}

/** Attributes of an object that are to change. */
export function updating(id: string, after: Attributes, before: Attributes = {}): Admitted<Update> {
  return admitted({ ...aim('attribute'), object: { id }, as: 'reach', do: 'update', before, after });
}

/** An object that is to go. */
export function deleting(id: string): Admitted<Delete> {
  return admitted({ ...aim('destroy'), object: { id }, as: 'reach', do: 'delete', before: {} });
}

/** A deleted account that is to come back. */
export function restoring(id: string): Admitted<Restore> {
  return admitted({ ...aim('enable'), object: { id }, as: 'reach', do: 'restore' });
}

/** A deleted account that is to be erased for good. */
export function purging(id: string): Admitted<Purge> {
  return admitted({ ...aim('destroy'), object: { id }, as: 'reach', do: 'purge' });
}

/** Something of an account that is to be taken away. */
export function unlinking(relation: Relation, account: string, other: string): Admitted<Link> {
  return admitted({ ...aim('revoke'), object: { id: account }, as: 'reach', do: 'unlink', relation, other: { id: other } });
}

/** An act on an account that contains it. */
export function containing(kind: ObjectKind, does: 'revoke' | 'reset', account: string, input: Attributes = {}): Admitted<Act> {
  return admitted({ ...aim('contain'), kind, object: { id: account }, as: 'act', do: does, key: 'contain-1', input, ifLost: 'repeat' });
}

/** An edge from an account to a group, a licence or an application role. */
export function linking(relation: Grantable, does: 'link' | 'unlink', account: string, other: string): Admitted<Link> {
  return admitted({
    ...aim(does === 'link' ? 'grant' : 'revoke'),
    object: { id: account },
    as: 'reach',
    do: does,
    relation,
    other: { id: other },
  });
}

/** A pass for an account. */
export function issuing(account: string, input: Attributes): Admitted<Act> {
  return admitted({
    ...aim('credential'),
    kind: 'pass',
    object: { id: account },
    as: 'act',
    do: 'issue',
    key: 'pass-1',
    input,
    ifLost: 'replace',
  });
}

/** A mail under a key. */
export function mailing(key: string): Admitted<Act> {
  return admitted({ ...aim('notify'), kind: 'mail', object: { id: key }, as: 'act', do: 'send', key, input: {}, ifLost: 'look' });
}
