import { domain } from '../domain.ts';

/** The classes of objects in the directory. */
export type ClassName = 'user' | 'group' | 'organizationalUnit' | 'container' | 'contact' | 'domainDNS';

/** A class: its chain of superclasses, the type of its relative name, and whether clients may create it. */
export type ClassDefinition = {
  readonly chain: readonly string[];
  readonly rdnType: 'CN' | 'OU' | 'DC';
  readonly category: string;
  readonly isAccount: boolean;
  readonly canHoldChildren: boolean;
  readonly isCreatable: boolean;
};

const classes: Readonly<Record<ClassName, ClassDefinition>> = {
  user: {
    chain: ['top', 'person', 'organizationalPerson', 'user'],
    rdnType: 'CN',
    category: 'Person',
    isAccount: true,
    canHoldChildren: false,
    isCreatable: true,
  },
  group: { chain: ['top', 'group'], rdnType: 'CN', category: 'Group', isAccount: true, canHoldChildren: false, isCreatable: true },
  contact: {
    chain: ['top', 'person', 'organizationalPerson', 'contact'],
    rdnType: 'CN',
    category: 'Person',
    isAccount: false,
    canHoldChildren: false,
    isCreatable: true,
  },
  organizationalUnit: {
    chain: ['top', 'organizationalUnit'],
    rdnType: 'OU',
    category: 'Organizational-Unit',
    isAccount: false,
    canHoldChildren: true,
    isCreatable: true,
  },
  container: {
    chain: ['top', 'container'],
    rdnType: 'CN',
    category: 'Container',
    isAccount: false,
    canHoldChildren: true,
    isCreatable: false,
  },
  domainDNS: {
    chain: ['top', 'domain', 'domainDNS'],
    rdnType: 'DC',
    category: 'Domain-DNS',
    isAccount: false,
    canHoldChildren: true,
    isCreatable: false,
  },
};

/** The definition of a class. */
export function classDefinition(name: ClassName): ClassDefinition {
  return classes[name];
}

/** The most derived class that the values of `objectClass` name, or undefined when one of them is unknown or they belong to no single class. */
export function classFromValues(values: readonly string[]): ClassName | undefined {
  const named = values.map((value) => value.toLowerCase());
  const candidates = Object.entries(classes).filter(([name]) => named.includes(name.toLowerCase()));
  const [found] = candidates;
  if (found === undefined || candidates.length > 1) return undefined;
  const chain = found[1].chain.map((name) => name.toLowerCase());
  return named.every((name) => chain.includes(name)) ? toClassName(found[0]) : undefined;
}

/** The value of `objectCategory` for a class. */
export function categoryDn(name: ClassName): string {
  return `CN=${classes[name].category},CN=Schema,CN=Configuration,${domain.dn}`;
}

/** False when objects of the class cannot carry the attribute. What people, groups and units share is allowed everywhere. */
export function isAllowedOn(attribute: string, name: ClassName): boolean {
  const only = restricted.get(attribute);
  return only === undefined || only.includes(name);
}

function toClassName(name: string): ClassName | undefined {
  return Object.hasOwn(classes, name) ? (name as ClassName) : undefined; // checked by the line itself
}

const accountOnly: readonly ClassName[] = ['user'];
const restricted: ReadonlyMap<string, readonly ClassName[]> = new Map<string, readonly ClassName[]>([
  ...['member', 'groupType'].map((name): [string, readonly ClassName[]] => [name, ['group']]),
  ...[
    'userAccountControl',
    'unicodePwd',
    'pwdLastSet',
    'accountExpires',
    'lockoutTime',
    'userPrincipalName',
    'primaryGroupID',
    'scriptPath',
    'profilePath',
    'homeDirectory',
    'homeDrive',
    'userWorkstations',
  ].map((name): [string, readonly ClassName[]] => [name, accountOnly]),
  ...['employeeID', 'employeeNumber', 'employeeType', 'manager', 'givenName', 'department', 'title', 'company', 'division'].map(
    (name): [string, readonly ClassName[]] => [name, ['user', 'contact']],
  ),
  ['sAMAccountName', ['user', 'group']],
  ['ou', ['organizationalUnit']],
]);
