/**
 * Every field that a line of the log may have, each with what it says. Values are ids, codes, counts and instants; none of them is a name, an address of a person, or anything that somebody wrote.
 * A line shows nothing under another name.
 */
export const logFields = {
  // What is at hand; the log adds these by itself.
  traceId: 'the trace, as W3C writes it: one from the webhook to the last step',
  function: 'the function that is at work',
  invocationId: 'its invocation, as the host counts it',
  runId: 'the run',
  personId: 'the person, by the opaque id that only the registry can translate',
  stepId: 'the step of the workflow',
  // What a line is about.
  inboxId: 'the event',
  attempt: 'which attempt of the run',
  attempts: 'how often it was tried',
  pauseMs: 'how long until it is tried again, in milliseconds',
  workflow: 'the workflow',
  lane: 'contain or work',
  task: 'the task of the step',
  state: 'how the step stands',
  outcome: 'how the run ended',
  seconds: 'how long it took: of a run that closes access, since the event came in',
  gaps: 'how many things were left undone',
  reason: 'a code of the reason',
  source: 'the source',
  target: 'the target',
  resource: 'users or groups',
  subscriptionId: 'the subscription at the tenant',
  expiresAt: 'when it runs out',
  fate: 'what became of the notices',
  count: 'how many',
  kinds: 'the kinds of the changes',
  place: 'where the audit is anchored',
  sweepId: 'the sweep',
  looked: 'how many people were looked at',
  found: 'how many of their things were open',
  repaired: 'how many were closed again',
  raised: 'how many were raised for people to see to',
  people: 'how many people',
  linked: 'how many accounts were linked',
  seen: 'how many records were read',
  changed: 'how many of them were new',
  vanished: 'how many known ones were not there',
  names: 'names of settings',
  address: 'the network address that a refused delivery came from',
  kind: 'what was looked at: accounts, a plan, what may be undone',
  instances: 'how many histories of orchestrations went',
  refused: 'how many refused events went',
  // What went wrong: made of one error.
  error: 'the error in words that quote nobody',
  errorCode: 'its code (errors.md)',
  systemCode: 'the other system’s own code',
  systemRequestId: 'the other system’s own request id',
  stack: 'where in the program, without the message',
} as const;

export type LogField = keyof typeof logFields;
