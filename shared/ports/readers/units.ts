/** An administrative unit. One of kind `dynamic` fills itself; of one that is `restricted` only those who administer it may change the members' accounts. */
export type FoundUnit = { readonly id: string; readonly name: string; readonly kind: 'assigned' | 'dynamic' | 'restricted' };

/** Reads administrative units. */
export type UnitReader = {
  unit(unitId: string, signal: AbortSignal): Promise<FoundUnit | undefined>;
  /** The units that hold the account directly. */
  unitsOf(accountId: string, signal: AbortSignal): Promise<readonly FoundUnit[]>;
};
