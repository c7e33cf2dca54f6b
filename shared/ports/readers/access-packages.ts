/**
 * An access package that an account has, or is being given. `id` is the assignment's, by which it is taken away; `grants` is what an assignment of it names: `<package id>/<policy id>`.
 * `delivered` is false while the target still works on it.
 */
export type FoundAccessPackage = { readonly id: string; readonly name: string; readonly grants: string; readonly delivered: boolean };

/** Reads the access packages that are assigned to an account; what has expired is not among them. */
export type AccessPackageReader = { accessPackagesOf(accountId: string, signal: AbortSignal): Promise<readonly FoundAccessPackage[]> };
