/** An application role that is assigned to the account directly. `id` is the assignment's, by which it is taken away; `grants` is what an assignment of it names: `<application id>/<role id>`. */
export type FoundAppRole = { readonly id: string; readonly application: string; readonly role: string; readonly grants: string };

/** Reads application roles that are assigned to an account directly; what comes through groups is not among them. */
export type AppRoleReader = { appRolesOf(accountId: string, signal: AbortSignal): Promise<readonly FoundAppRole[]> };
