import type { Change, Grantable, ObjectKind } from '../domain/change.ts';
import type { AccountLink, Subject } from '../domain/subject.ts';

/** What an account is to be given, and what people call it. `attribute` is the effect of what opens nothing to the person, such as a unit by which they are administered. */
type Given = {
  readonly kind: ObjectKind;
  readonly relation: Grantable;
  readonly id: string;
  readonly name: string;
  readonly effect: 'grant' | 'attribute';
};

/** The change that gives it, because a step of the workflow names it. */
export function granting(link: AccountLink, subject: Subject, { kind, relation, id, name, effect }: Given): Change {
  return {
    target: link.target,
    person: subject.personId,
    kind,
    object: { id: link.nativeId },
    effect,
    cause: { reference: 'workflow-step', message: name },
    as: 'reach',
    do: 'link',
    relation,
    other: { id },
  };
}
