import type { Change, Link, ObjectKind, Relation } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';

/** What is to be taken from an account, and what people call it. */
export type Taken = { readonly kind: ObjectKind; readonly relation: Relation; readonly id: string; readonly name: string };

/** The change that takes it away, for the reason that the reference names. */
export function unlinking(link: AccountLink, subject: Subject, { kind, relation, id, name }: Taken, reference: string): Change {
  const edge: Link = {
    target: link.target,
    person: subject.personId,
    kind,
    object: { id: link.nativeId },
    effect: 'revoke',
    cause: { reference, message: name },
    as: 'reach',
    do: 'unlink',
    relation,
    other: { id },
  };
  return edge;
}
