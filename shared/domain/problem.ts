import type { ErrorCode } from '../errors.ts';

/**
 * Why something was not done, in words for a person, with the other system's own code and request id where there is one.
 * Never holds a secret or a stack trace.
 */
export type Problem = {
  readonly code: ErrorCode;
  readonly message: string;
  /** The other system's own error code, such as `Request_BadRequest` or `0000052D`. */
  readonly systemCode?: string;
  /** The other system's own request id, by which its support can find the call. */
  readonly requestId?: string;
};

/** Why a change was skipped, refused or held: a stable code and a sentence. */
export type Reason = { readonly code: ReasonCode; readonly message: string };

/** Stable codes of the reasons for not making a change. */
export type ReasonCode =
  | 'not-applicable'
  | 'dynamic-group'
  | 'synced-object'
  | 'role-assignable-group'
  | 'has-authentication-method'
  | 'privileged'
  | 'protected'
  | 'locked'
  | 'no-authority'
  | 'no-recipient'
  | 'no-seats'
  | 'manager-unknown'
  | 'account-missing'
  | 'several-candidates'
  | 'owned-by-another'
  | 'name-implausible'
  | 'brake'
  | 'target-mode'
  | 'superseded'
  | 'operator'
  | 'moved-on'
  | 'break-glass'
  | 'approval'
  | 'paused'
  | 'primary-group'
  | 'group-licence'
  | 'default-method'
  | 'repaired-too-often';
