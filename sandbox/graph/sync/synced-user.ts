/** A user as Cloud Sync carries it from the directory to Entra ID: the attributes that AD masters. */
export type SyncedUser = {
  /** Base64 of `ms-DS-ConsistencyGuid`, else of `objectGUID`, in the byte order that AD stores: the anchor. */
  readonly immutableId: string;
  readonly accountEnabled: boolean;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly mailNickname: string;
  readonly attributes: SyncedAttributes;
  /** The manager's anchor. A manager that has not been synced yet is linked when the manager arrives. */
  readonly managerImmutableId: string | null;
  readonly onPremisesSamAccountName: string | null;
  readonly onPremisesDistinguishedName: string;
  readonly onPremisesDomainName: string;
  readonly onPremisesSecurityIdentifier: string | null;
  readonly onPremisesUserPrincipalName: string | null;
};

/** The organisational attributes of a synced user. An absent or null one is empty in the cloud. */
export type SyncedAttributes = {
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly officeLocation?: string | null;
  readonly city?: string | null;
  readonly country?: string | null;
  readonly employeeId?: string | null;
  readonly employeeType?: string | null;
  /** Becomes the one entry of `businessPhones`. */
  readonly telephoneNumber?: string | null;
  readonly proxyAddresses?: readonly string[];
};
