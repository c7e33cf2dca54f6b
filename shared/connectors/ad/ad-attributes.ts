/** The single-valued text attributes that mappings may use, as Active Directory's schema names them (https://learn.microsoft.com/windows/win32/adschema/attributes-all). */
export const adTexts = [
  'sAMAccountName',
  'userPrincipalName',
  'cn',
  'givenName',
  'sn',
  'displayName',
  'mail',
  'title',
  'department',
  'company',
  'division',
  'description',
  'employeeID',
  'employeeType',
  'employeeNumber',
  'physicalDeliveryOfficeName',
  'l',
  'st',
  'c',
  'co',
  'telephoneNumber',
  'mobile',
] as const;

/** Everything that is read of an account. */
export const adRead: readonly string[] = [
  ...adTexts,
  'objectGUID',
  'mS-DS-ConsistencyGuid',
  'userAccountControl',
  'pwdLastSet',
  'accountExpires',
  'lockoutTime',
  'proxyAddresses',
  'manager',
];

/** Bits of `userAccountControl` (https://learn.microsoft.com/windows/win32/adschema/a-useraccountcontrol). */
export const accountControl = { disabled: 0x2, normal: 0x200 } as const;
