/** How an attribute's values are written: `text` Unicode string, `category` a class's DN that its short name equals, `link` the DN of another object. */
export type Syntax = 'text' | 'integer' | 'largeInteger' | 'boolean' | 'octets' | 'sid' | 'guid' | 'time' | 'dn' | 'category' | 'link';

/** What the directory knows of an attribute. `maxLength` counts characters, or bytes of octets. */
export type AttributeDefinition = {
  readonly name: string;
  readonly syntax: Syntax;
  readonly isSingle: boolean;
  readonly maxLength?: number;
  /** Set by the directory alone. */
  readonly isReadOnly: boolean;
  /** Computed when it is asked for by name, so `*` leaves it out. */
  readonly isConstructed: boolean;
  readonly isIndexed: boolean;
  /** For a back link: the attribute whose links it shows from the other end. */
  readonly backLinkOf?: string;
};

type Traits = Partial<Omit<AttributeDefinition, 'name' | 'syntax'>>;

/** The definition of an attribute by its name in any case, or undefined. */
export function attributeDefinition(name: string): AttributeDefinition | undefined {
  return byName.get(name.toLowerCase());
}

/** Every attribute that the directory knows. */
export function attributeDefinitions(): Iterable<AttributeDefinition> {
  return byName.values();
}

const single: Traits = { isSingle: true };
const system: Traits = { isSingle: true, isReadOnly: true };

// Lengths are the schema's rangeUpper: MS-ADA1, MS-ADA2, MS-ADA3.
const textLengths: Readonly<Record<string, number>> = {
  sn: 64,
  givenName: 64,
  displayName: 256,
  initials: 6,
  middleName: 64,
  personalTitle: 64,
  generationQualifier: 64,
  mail: 256,
  mailNickname: 64,
  department: 64,
  title: 128,
  company: 64,
  division: 256,
  physicalDeliveryOfficeName: 128,
  l: 128,
  st: 128,
  c: 3,
  co: 128,
  streetAddress: 1024,
  postalCode: 40,
  postOfficeBox: 40,
  employeeID: 16,
  employeeNumber: 512,
  employeeType: 256,
  telephoneNumber: 64,
  mobile: 64,
  homePhone: 64,
  pager: 64,
  facsimileTelephoneNumber: 64,
  ipPhone: 64,
  info: 1024,
  comment: 1024,
  wWWHomePage: 2048,
  targetAddress: 1123,
  preferredLanguage: 256,
  uid: 256,
  homeDirectory: 1024,
  homeDrive: 3,
  profilePath: 1024,
  scriptPath: 1024,
  userWorkstations: 1024,
};
const extensions = Array.from({ length: 15 }, (_, index): [string, number] => [`extensionAttribute${index + 1}`, 1024]);
const cloudExtensions = Array.from({ length: 20 }, (_, index): [string, number] => [`msDS-cloudExtensionAttribute${index + 1}`, 1024]);

const definitions: readonly AttributeDefinition[] = [
  ...[...Object.entries(textLengths), ...extensions, ...cloudExtensions].map(([name, maxLength]) =>
    define(name, 'text', {
      isSingle: true,
      maxLength,
      isIndexed: ['mail', 'employeeID', 'employeeNumber', 'displayName', 'sn', 'givenName'].includes(name),
    }),
  ),
  define('objectClass', 'text', { isReadOnly: true }),
  ...['cn', 'ou', 'dc', 'name'].map((name) => define(name, 'text', { ...system, maxLength: 64, isIndexed: true })),
  define('sAMAccountName', 'text', { ...single, maxLength: 256, isIndexed: true }),
  define('userPrincipalName', 'text', { ...single, maxLength: 1024, isIndexed: true }),
  define('description', 'text', { ...single, maxLength: 1024 }),
  define('proxyAddresses', 'text', { maxLength: 1123, isIndexed: true }),
  ...['departmentNumber', 'otherTelephone', 'otherMobile', 'otherMailbox', 'servicePrincipalName', 'url', 'carLicense'].map((name) =>
    define(name, 'text', { maxLength: 1024 }),
  ),
  ...['userAccountControl', 'groupType', 'adminCount', 'countryCode', 'primaryGroupID', 'codePage'].map((name) =>
    define(name, 'integer', single),
  ),
  ...['badPwdCount', 'logonCount', 'sAMAccountType', 'instanceType', 'systemFlags'].map((name) => define(name, 'integer', system)),
  ...['minPwdLength', 'pwdProperties', 'lockoutThreshold'].map((name) => define(name, 'integer', system)),
  ...['pwdLastSet', 'accountExpires', 'lockoutTime'].map((name) => define(name, 'largeInteger', single)),
  ...['badPasswordTime', 'lastLogon', 'lastLogonTimestamp', 'uSNCreated', 'uSNChanged', 'maxPwdAge', 'lockoutDuration'].map((name) =>
    define(name, 'largeInteger', system),
  ),
  ...['isCriticalSystemObject', 'isDeleted'].map((name) => define(name, 'boolean', system)),
  define('lastKnownParent', 'dn', system),
  define('msDS-LastKnownRDN', 'text', system),
  ...['msExchHideFromAddressLists', 'showInAdvancedViewOnly'].map((name) => define(name, 'boolean', single)),
  define('mS-DS-ConsistencyGuid', 'octets', { ...single, maxLength: 16, isIndexed: true }),
  ...['thumbnailPhoto', 'jpegPhoto'].map((name) => define(name, 'octets', { ...single, maxLength: 102_400 })),
  define('unicodePwd', 'octets', single),
  define('objectSid', 'sid', { ...system, isIndexed: true }),
  define('objectGUID', 'guid', { ...system, isIndexed: true }),
  define('objectCategory', 'category', system),
  define('distinguishedName', 'dn', { ...system, isIndexed: true }),
  ...['whenCreated', 'whenChanged'].map((name) => define(name, 'time', system)),
  define('manager', 'link', single),
  define('managedBy', 'link', single),
  define('member', 'link', {}),
  ...Object.entries({ memberOf: 'member', directReports: 'manager', managedObjects: 'managedBy' }).map(([name, backLinkOf]) =>
    define(name, 'link', { isReadOnly: true, backLinkOf }),
  ),
  define('msDS-User-Account-Control-Computed', 'integer', { ...system, isConstructed: true }),
  define('canonicalName', 'text', { isReadOnly: true, isConstructed: true }),
];

const byName: ReadonlyMap<string, AttributeDefinition> = new Map(
  definitions.map((definition) => [definition.name.toLowerCase(), definition]),
);

function define(name: string, syntax: Syntax, traits: Traits): AttributeDefinition {
  return { isSingle: false, isReadOnly: false, isConstructed: false, isIndexed: false, ...traits, name, syntax };
}
