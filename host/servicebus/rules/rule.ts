/** A value of a message that a filter can compare. */
export type Scalar = string | number | boolean;

/** A condition in Service Bus's subset of SQL: learn.microsoft.com/azure/service-bus-messaging/service-bus-messaging-sql-filter. */
export interface SqlFilter {
  readonly is: 'sql';
  readonly expression: string;
}

/** Values that a message must all have: learn.microsoft.com/azure/service-bus-messaging/topic-filters#correlation-filters. */
export interface CorrelationFilter {
  readonly is: 'correlation';
  readonly system: Readonly<Partial<Record<CorrelationName, string>>>;
  /** Application properties. */
  readonly user: Readonly<Record<string, Scalar>>;
}

/** The properties of a message, besides its application properties, that a correlation filter can name. */
export type CorrelationName = (typeof CORRELATION_NAMES)[number];

/** In the order in which the client library expects them in a rule's description. */
export const CORRELATION_NAMES = [
  'correlationId',
  'messageId',
  'to',
  'replyTo',
  'label',
  'sessionId',
  'replyToSessionId',
  'contentType',
] as const;

/** A rule of a subscription: it lets through what its filter matches. */
export interface Rule {
  readonly name: string;
  readonly filter: SqlFilter | CorrelationFilter;
}

/** The rule of a subscription that was given none: everything passes. Its name is that of Azure Service Bus. */
export const matchAll: Rule = { name: '$Default', filter: { is: 'sql', expression: '1=1' } };
