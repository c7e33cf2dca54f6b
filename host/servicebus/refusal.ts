/**
 * The AMQP error conditions this endpoint answers with. `amqp:*` are from AMQP 1.0, part 2, section 2.8.15 to 2.8.18;
 * `com.microsoft:*` from "AMQP errors in Azure Service Bus", learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-troubleshoot.
 */
export type RefusalCondition =
  | 'amqp:not-found'
  | 'amqp:not-allowed'
  | 'amqp:not-implemented'
  | 'amqp:decode-error'
  | 'amqp:internal-error'
  | 'amqp:link:message-size-exceeded'
  | 'com.microsoft:argument-error'
  | 'com.microsoft:entity-already-exists'
  | 'com.microsoft:message-not-found'
  | 'com.microsoft:message-lock-lost'
  | 'com.microsoft:session-lock-lost'
  | 'com.microsoft:session-cannot-be-locked'
  | 'com.microsoft:timeout';

/** A request that is answered with an error instead of being carried out; nothing has been changed when it is thrown. */
export class Refusal extends Error {
  readonly condition: RefusalCondition;

  constructor(condition: RefusalCondition, message: string) {
    super(message);
    this.name = 'Refusal';
    this.condition = condition;
  }
}
