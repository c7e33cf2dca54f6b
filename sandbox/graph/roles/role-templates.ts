import type { DatabaseSync } from 'node:sqlite';

/** A built-in role of Entra ID. */
export type RoleTemplate = { readonly id: string; readonly displayName: string; readonly description: string };

/** The built-in roles that the tenant knows, with their template ids (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
export const roleTemplates: readonly RoleTemplate[] = [
  {
    id: '62e90394-69f5-4237-9190-012177145e10',
    displayName: 'Global Administrator',
    description: 'Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.',
  },
  {
    id: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
    displayName: 'User Administrator',
    description: 'Can manage all aspects of users and groups, including resetting passwords for limited admins.',
  },
  {
    id: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    displayName: 'Helpdesk Administrator',
    description: 'Can reset passwords for non-administrators and Helpdesk Administrators.',
  },
  {
    id: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
    displayName: 'Privileged Role Administrator',
    description: 'Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.',
  },
  {
    id: '5d6b6bb7-de71-4623-b4af-96380a352509',
    displayName: 'Security Reader',
    description: 'Can read security information and reports in Microsoft Entra ID and Office 365.',
  },
];

/** An eligibility for a role (https://learn.microsoft.com/graph/api/resources/unifiedroleeligibilityscheduleinstance). */
export type Eligibility = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
};

/** Stores an eligibility. */
export function insertEligibility(database: DatabaseSync, eligibility: Eligibility): void {
  database.prepare('INSERT INTO graph_eligibilities VALUES (?, ?)').run(eligibility.id, JSON.stringify(eligibility));
}

/** All eligibilities. */
export function listEligibilities(database: DatabaseSync): readonly Eligibility[] {
  // Written by insertEligibility only.
  return database
    .prepare('SELECT body FROM graph_eligibilities ORDER BY id')
    .all()
    .map((row) => JSON.parse(String(row['body'])) as Eligibility);
}
