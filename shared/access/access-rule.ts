import type { Condition } from '../domain/conditions/condition.ts';
import type { TargetId } from '../domain/ids.ts';

/** The id of an entitlement in `access.yaml`, such as `platform-team`. */
export type EntitlementId = string;

/** Something a person may hold in a target: membership of a group, or a licence. */
export type Entitlement = {
  readonly id: EntitlementId;
  readonly target: TargetId;
  readonly kind: 'group' | 'licence';
  /** The group's immutable id in its target, or the licence's skuId. */
  readonly objectId: string;
  /** What people call it. */
  readonly name: string;
};

/** Who gets what: everyone for whom `when` holds is granted every entitlement of `grants`. `version` names the rule's content, so that a reason stays exact after an edit. */
export type AccessRule = {
  readonly id: string;
  readonly version: string;
  readonly when: Condition;
  readonly grants: readonly EntitlementId[];
};
