/**
 * A device that somebody registered. `personal` is their own, only registered; `company` is joined to the tenant; `hybrid` is mastered by another directory. `enabled`: it may be used to
 * reach what the tenant protects.
 */
export type FoundDevice = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'company' | 'hybrid';
  readonly enabled: boolean;
};

/** Reads the devices that an account owns. */
export type DeviceReader = {
  devicesOf(accountId: string, signal: AbortSignal): Promise<readonly FoundDevice[]>;
  /** Ids of the accounts that are registered as users of the device. */
  usersOf(deviceId: string, signal: AbortSignal): Promise<readonly string[]>;
};
