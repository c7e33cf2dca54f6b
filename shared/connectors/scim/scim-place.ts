import { scimUrns } from './scim-urns.ts';

/** Where a value is in a resource: an attribute (in an extension, if one is named), of a list the one value that `select` chooses, and there a sub-attribute. */
export type ScimPlace = {
  readonly extension?: string;
  readonly attribute: string;
  readonly select?: { readonly name: string; readonly value: string };
  readonly sub?: string;
};

const enterprise = (path: string): string => `${scimUrns.enterprise}:${path}`;

/** Short names for what mappings use most; every other name is a path of RFC 7644 figure 7 as it is. */
const shortNames: Readonly<Record<string, string>> = {
  email: 'emails[type eq "work"].value',
  phoneNumber: 'phoneNumbers[type eq "work"].value',
  country: 'addresses[type eq "work"].country',
  city: 'addresses[type eq "work"].locality',
  employeeNumber: enterprise('employeeNumber'),
  department: enterprise('department'),
  costCenter: enterprise('costCenter'),
  division: enterprise('division'),
  organization: enterprise('organization'),
  manager: enterprise('manager.value'),
};

const pathPattern = /^(?:(?<urn>urn:.+):)?(?<attribute>[^.:[\]]+)(?:\[(?<name>\w+) eq "(?<value>[^"\\]*)"\])?(?:\.(?<sub>[^.[\]]+))?$/i;

/** The place that an attribute name means. A name that is no path is an attribute of that name. */
export function placeOf(name: string): ScimPlace {
  const parts = pathPattern.exec(shortNames[name] ?? name)?.groups;
  const { urn, attribute, name: key, value, sub } = parts ?? {};
  if (attribute === undefined) return { attribute: name };
  return {
    ...(urn === undefined || urn.toLowerCase() === scimUrns.user.toLowerCase() ? {} : { extension: urn }),
    attribute,
    ...(key === undefined || value === undefined ? {} : { select: { name: key, value } }),
    ...(sub === undefined ? {} : { sub }),
  };
}

/** A place as a path of RFC 7644 figure 7, for PATCH. */
export function scimPath({ extension, attribute, select, sub }: ScimPlace): string {
  const chosen = select === undefined ? '' : `[${select.name} eq ${JSON.stringify(select.value)}]`;
  return `${extension === undefined ? '' : `${extension}:`}${attribute}${chosen}${sub === undefined ? '' : `.${sub}`}`;
}

/** A place as an attribute of a filter (RFC 7644 section 3.4.2.2): of a list any value counts, since few servers take a value filter there. */
export function filterPath(place: ScimPlace): string {
  const { select: _, ...whole } = place;
  return scimPath(whole);
}
