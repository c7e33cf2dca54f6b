/** Any further property of a directory object, as Graph names it. */
type Open = Readonly<Record<string, unknown>>;

/** What kinds of directory object the tenant holds. */
export type ObjectKind = 'user' | 'group' | 'directoryRole' | 'device' | 'administrativeUnit';

/** A licence on a user (https://learn.microsoft.com/graph/api/resources/assignedlicense). */
export type AssignedLicense = { readonly skuId: string; readonly disabledPlans: readonly string[] };

/** How a licence came to a user (https://learn.microsoft.com/graph/api/resources/licenseassignmentstate). */
export type LicenseAssignmentState = AssignedLicense & {
  readonly assignedByGroup: string | null;
  readonly state: 'Active';
  readonly error: 'None';
  readonly lastUpdatedDateTime: string;
};

/** A user: the properties that the tenant's rules look at; others are kept as they were sent (https://learn.microsoft.com/graph/api/resources/user). */
export type User = Open & {
  readonly id: string;
  readonly deletedDateTime: string | null;
  readonly accountEnabled: boolean;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly mailNickname: string | null;
  readonly proxyAddresses: readonly string[];
  readonly usageLocation: string | null;
  readonly assignedLicenses: readonly AssignedLicense[];
  readonly licenseAssignmentStates: readonly LicenseAssignmentState[];
  readonly onPremisesSyncEnabled: boolean | null;
  readonly onPremisesImmutableId: string | null;
  readonly signInSessionsValidFromDateTime: string | null;
};

/** A group (https://learn.microsoft.com/graph/api/resources/group). */
export type Group = Open & {
  readonly id: string;
  readonly deletedDateTime: string | null;
  readonly displayName: string;
  readonly groupTypes: readonly string[];
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly isAssignableToRole: boolean | null;
  readonly membershipRule: string | null;
  readonly onPremisesSyncEnabled: boolean | null;
};

/** An activated directory role (https://learn.microsoft.com/graph/api/resources/directoryrole). */
export type DirectoryRole = Open & {
  readonly id: string;
  readonly deletedDateTime: string | null;
  readonly displayName: string;
  readonly roleTemplateId: string;
};

/** A device (https://learn.microsoft.com/graph/api/resources/device). */
export type Device = Open & {
  readonly id: string;
  readonly deletedDateTime: string | null;
  readonly displayName: string;
  readonly accountEnabled: boolean;
  readonly trustType: 'Workplace' | 'AzureAd' | 'ServerAd';
  readonly onPremisesSyncEnabled: boolean | null;
};

/** An administrative unit (https://learn.microsoft.com/graph/api/resources/administrativeunit). */
export type AdministrativeUnit = Open & {
  readonly id: string;
  readonly deletedDateTime: string | null;
  readonly displayName: string;
  readonly membershipType: 'Assigned' | 'Dynamic';
  readonly isMemberManagementRestricted: boolean;
};

/** The entity type of each kind. */
export type EntityOf = {
  readonly user: User;
  readonly group: Group;
  readonly directoryRole: DirectoryRole;
  readonly device: Device;
  readonly administrativeUnit: AdministrativeUnit;
};

/** A directory object with its kind. */
export type DirectoryObject = { readonly [K in ObjectKind]: { readonly kind: K; readonly entity: EntityOf[K] } }[ObjectKind];
