/** An access package of the tenant, its one policy, and the group that it gives. */
export type AccessPackage = {
  readonly id: string;
  readonly displayName: string;
  readonly policyId: string;
  readonly policyName: string;
  readonly groupId: string;
};

/** The access packages of docs/sandbox.md. */
export const packageCatalogue: readonly AccessPackage[] = [
  {
    id: 'fa000000-0000-4000-8000-000000000001',
    displayName: 'Sales Tools',
    policyId: 'fb000000-0000-4000-8000-000000000001',
    policyName: 'Assigned by administrators',
    groupId: 'a1000000-0000-4000-8000-00000000000f',
  },
  {
    id: 'fa000000-0000-4000-8000-000000000002',
    displayName: 'Audit Season',
    policyId: 'fb000000-0000-4000-8000-000000000002',
    policyName: 'Assigned by administrators',
    groupId: 'a1000000-0000-4000-8000-000000000010',
  },
];
