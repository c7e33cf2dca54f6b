/**
 * Everything that a span of ours may carry, each with what it says. Names are OpenTelemetry's where there is one
 * (https://opentelemetry.io/docs/specs/semconv/registry/attributes/); values are ids, states and codes, never names, addresses or filters.
 */
export const spanAttributes = {
  'http.request.method': 'the method',
  'http.route': 'the route of a function, with its parameters as names',
  'http.response.status_code': 'the status answered',
  'url.template': 'the path of an outgoing request, with everything that could name somebody as *',
  'server.address': 'the host asked',
  'messaging.system': 'servicebus',
  'messaging.destination.name': 'the queue',
  'messaging.operation.type': 'send or process',
  'messaging.message.id': 'the id of the message: that of the event',
  'faas.name': 'the function',
  'faas.trigger': 'http, pubsub, timer or other',
  'faas.invocation_id': 'the invocation, as the host counts it',
  'error.type': 'the code of what went wrong',
  'gatehouse.run.id': 'the run',
  'gatehouse.run.attempt': 'which attempt of it',
  'gatehouse.person.id': 'the person, by the opaque id',
  'gatehouse.workflow': 'the workflow',
  'gatehouse.lane': 'contain or work',
  'gatehouse.step.id': 'the step of the workflow',
  'gatehouse.step.state': 'how the step stands now',
  'gatehouse.outcome': 'how the run ended',
  'gatehouse.event.id': 'the event, by its id in the inbox',
  'gatehouse.source': 'the source that told of it',
} as const;

export type SpanAttribute = keyof typeof spanAttributes;
