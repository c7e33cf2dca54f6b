import { tenant } from '../../tokens/tenant.ts';
import { parameter, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import { notFound } from '../http/graph-failure.ts';
import { plainCollection } from '../odata/collection.ts';

/** `GET /organization`. */
export function listOrganization(call: GraphCall): GraphAnswer {
  return plainCollection(call, [organization()]);
}

/** `GET /organization/{id}`. */
export function readOrganization(call: GraphCall): GraphAnswer {
  const id = parameter(call, 'organization-id');
  if (id.toLowerCase() !== tenant.id) throw notFound(id);
  return { status: 200, body: organization() };
}

/** `GET /domains`. */
export function listDomains(call: GraphCall): GraphAnswer {
  return plainCollection(call, domains());
}

/** `GET /domains/{name}`. */
export function readDomain(call: GraphCall): GraphAnswer {
  const id = parameter(call, 'domain-id');
  const found = domains().find((domain) => domain.id === id.toLowerCase());
  if (found === undefined) throw notFound(id);
  return { status: 200, body: found };
}

function organization() {
  return {
    id: tenant.id,
    deletedDateTime: null,
    displayName: 'Contoso',
    countryLetterCode: 'PT',
    city: 'Lisbon',
    defaultUsageLocation: 'PT',
    tenantType: 'AAD',
    onPremisesSyncEnabled: true,
    createdDateTime: '2012-03-01T09:00:00Z',
    verifiedDomains: domains().map(({ id, isDefault, isInitial }) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault,
      isInitial,
      name: id,
      type: 'Managed',
    })),
  };
}

function domains() {
  const common = {
    authenticationType: 'Managed',
    availabilityStatus: null,
    isAdminManaged: true,
    isRoot: true,
    isVerified: true,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
  };
  return [
    { id: tenant.domain, ...common, isDefault: true, isInitial: false },
    { id: tenant.initialDomain, ...common, isDefault: false, isInitial: true },
  ];
}
