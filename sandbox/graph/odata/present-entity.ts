import { contractDocument } from '../contract/contract-document.ts';

const userDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];
const roleDefaults = ['id', 'deletedDateTime', 'description', 'displayName', 'roleTemplateId'];
const groupDefaults = [
  'id',
  'deletedDateTime',
  'classification',
  'createdDateTime',
  'description',
  'displayName',
  'expirationDateTime',
  'groupTypes',
  'isAssignableToRole',
  'mail',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'membershipRuleProcessingState',
  'onPremisesDomainName',
  'onPremisesLastSyncDateTime',
  'onPremisesNetBiosName',
  'onPremisesProvisioningErrors',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'preferredDataLocation',
  'preferredLanguage',
  'proxyAddresses',
  'renewedDateTime',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'securityEnabled',
  'securityIdentifier',
  'serviceProvisioningErrors',
  'theme',
  'uniqueName',
  'visibility',
];

// What Graph returns without $select: https://learn.microsoft.com/graph/api/resources/user, .../group, .../directoryrole
const defaults: Readonly<Record<string, readonly string[]>> = {
  'microsoft.graph.user': userDefaults,
  'microsoft.graph.group': groupDefaults,
  'microsoft.graph.directoryRole': roleDefaults,
};

/** What an answer shows of an entity type without `$select`; nothing for a type that is shown whole. */
export function defaultProperties(entityType: string): readonly string[] {
  return defaults[entityType] ?? [];
}

/** An entity as an answer shows it: the selected properties, or the type's default ones, or else everything that is stored.
 * A selected property that was never set is null, or empty where the contract has a collection. */
export function presentEntity(
  entity: Readonly<Record<string, unknown>>,
  entityType: string,
  select: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const names = select?.map((name) => name.split('/')[0] ?? name) ?? defaults[entityType];
  if (names === undefined) return entity;
  const schema = contractDocument().components.schemas[entityType]?.properties ?? {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = entity[name] ?? emptyValue(schema[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function emptyValue(schema: unknown): null | readonly never[] | undefined {
  const { type, anyOf, ...rest }: { readonly type?: unknown; readonly anyOf?: unknown } =
    typeof schema === 'object' && schema !== null ? schema : {};
  if ('x-navigation' in rest) return undefined;
  if (type === 'array') return [];
  const isNullable = (Array.isArray(type) && type.includes('null')) || (Array.isArray(anyOf) && JSON.stringify(anyOf).includes('"null"'));
  return isNullable ? null : undefined;
}
