import { parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import { contextOf, plainCollection } from '../odata/collection.ts';
import { shapeOf } from '../odata/query-options.ts';
import { servicePrincipals, type ServicePrincipal } from './service-principals.ts';

/** `GET /servicePrincipals`. */
export function listServicePrincipals(call: GraphCall): GraphAnswer {
  return plainCollection(call, servicePrincipals);
}

/** `GET /servicePrincipals/{id}`. */
export function readServicePrincipal(call: GraphCall): GraphAnswer {
  const { select } = shapeOf(call);
  const properties = Object.entries(requireApplication(call)).filter(([name]) => select === undefined || select.includes(name));
  return { status: 200, body: { '@odata.context': contextOf(call, '/$entity'), ...Object.fromEntries(properties) } };
}

/** The application of the path. Throws 404, which names it. */
export function requireApplication(call: GraphCall): ServicePrincipal {
  const id = parameter(call, 'servicePrincipal-id').toLowerCase();
  const found = servicePrincipals.find((application) => application.id === id);
  if (found === undefined) throw notFound(id);
  return found;
}
