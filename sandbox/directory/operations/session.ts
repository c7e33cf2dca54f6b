import type { ControllerName } from '../domain.ts';
import type { RequestControl } from '../protocol/request.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

/** Who a connection speaks for. `isWriter` marks the one account with delegated rights. */
export type Principal = { readonly id: number; readonly accountName: string; readonly isWriter: boolean };

/** The state of a connection: nobody until a bind, and encrypted from the start (LDAPS) or after StartTLS. */
export type Session = { principal: Principal | undefined; isEncrypted: boolean };

/** What an operation works with: the directory as the asked controller has it. */
export type OperationContext = {
  readonly controller: ControllerName;
  readonly store: DirectoryStore;
  readonly session: Session;
  readonly controls: readonly RequestControl[];
  /** Whether the Active Directory Recycle Bin is enabled. */
  readonly isRecycling: boolean;
  /** Whether the delegated account may write accounts and groups with `adminCount` 1 too. */
  readonly mayWriteProtected: boolean;
};
