import { tenant } from '../../tokens/tenant.ts';
import { badRequest } from '../http/graph-failure.ts';

// Documented maxima: https://learn.microsoft.com/graph/api/resources/user#properties
const longest: Readonly<Record<string, number>> = {
  city: 128,
  companyName: 64,
  country: 128,
  department: 64,
  displayName: 256,
  employeeId: 16,
  givenName: 64,
  jobTitle: 128,
  mailNickname: 64,
  mobilePhone: 64,
  officeLocation: 128,
  postalCode: 40,
  state: 128,
  streetAddress: 1024,
  surname: 64,
};

/** Checks the values of a user to be written, as the service does beyond the contract: no empty text, documented lengths, a verified domain, a country as usage location,
 * a password of at least 8 characters with three kinds of them. Throws 400. */
export function checkValues(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && !fits(name, value))
      throw badRequest(`Invalid value specified for property '${name}' of resource 'User'.`);
  }
  const { userPrincipalName, passwordProfile }: { readonly userPrincipalName?: unknown; readonly passwordProfile?: unknown } = values;
  if (typeof userPrincipalName === 'string') requireVerifiedDomain(userPrincipalName);
  const password = passwordOf(passwordProfile);
  if (password !== undefined && !isStrong(password)) {
    throw badRequest('The specified password does not comply with password complexity requirements. Please provide a different password.', [
      { code: 'InvalidPassword', target: 'passwordProfile' },
    ]);
  }
}

/** The password inside a `passwordProfile`. */
export function passwordOf(profile: unknown): string | undefined {
  const { password }: { readonly password?: unknown } = typeof profile === 'object' && profile !== null ? profile : {};
  return typeof password === 'string' ? password : undefined;
}

function fits(name: string, value: string): boolean {
  if (value === '' || value.length > (longest[name] ?? Number.POSITIVE_INFINITY)) return false;
  return name !== 'usageLocation' || /^[A-Z]{2}$/.test(value);
}

function requireVerifiedDomain(userPrincipalName: string): void {
  const domain = userPrincipalName.split('@').at(-1)?.toLowerCase();
  if (domain === tenant.domain || domain === tenant.initialDomain) return;
  throw badRequest(
    'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
  );
}

function isStrong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return password.length >= 8 && password.length <= 256 && kinds >= 3;
}
