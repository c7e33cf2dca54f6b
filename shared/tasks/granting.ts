import type { Change, Grantable, ObjectKind } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';

/** What an account is to be given, and what people call it. */
type Given = { readonly kind: ObjectKind; readonly relation: Grantable; readonly id: string; readonly name: string };

/** The change that gives it, because a step of the workflow names it. */
export function granting(link: AccountLink, subject: Subject, { kind, relation, id, name }: Given): Change {
  return {
    target: link.target,
    person: subject.personId,
    kind,
    object: { id: link.nativeId },
    effect: 'grant',
    cause: { reference: 'workflow-step', message: name },
    as: 'reach',
    do: 'link',
    relation,
    other: { id },
  };
}
