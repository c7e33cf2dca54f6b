import type { World } from '../foundation/world.ts';
import { findResource } from './resource-store.ts';
import type { Attributes } from './scim/schema.ts';
import { badRequest } from './scim/scim-error.ts';
import { userUrn } from './scim/user-schema.ts';

/** A user as it is to be kept, from what a client gave: the password is taken out, the primary address gets its recovery twin, the manager his name.
 * Throws a ScimError when a required attribute or the primary address is missing, or the manager does not exist. */
export function completeUser(world: World, given: Attributes): Attributes {
  const { password, ...user } = given;
  if (typeof password === 'string') world.rememberSecret('oci', 'password', password);
  requireAttributes(user);
  return {
    ...user,
    active: user['active'] ?? true,
    emails: completeEmails(user['emails']),
    ...completeManager(world, user[userUrn.enterprise]),
  };
}

/** What the domain itself sets on a new user. `bypassNotification` is read and not kept. */
export function initialUser(user: Attributes): Attributes {
  const { bypassNotification, userFlowControlledByExternalClient: _flow, ...extension } = objectOf(user[userUrn.user]);
  const capabilities = {
    canUseApiKeys: true,
    canUseAuthTokens: true,
    canUseConsolePassword: true,
    canUseCustomerSecretKeys: true,
    canUseOAuth2ClientCredentials: true,
    canUseSmtpCredentials: true,
    canUseDbCredentials: true,
    canUseConsole: true,
  };
  return {
    ...user,
    [userUrn.user]: {
      isFederatedUser: false,
      creationMechanism: 'api',
      ...extension,
      status: bypassNotification === true ? 'verified' : 'pendingVerification',
    },
    [userUrn.capabilities]: { ...capabilities, ...objectOf(user[userUrn.capabilities]) },
    [userUrn.state]: { locked: { on: false }, ...objectOf(user[userUrn.state]) },
  };
}

/** Notes the activation mail that a new user gets unless `bypassNotification` was given. */
export function sendActivationMail(world: World, id: string, given: Attributes): void {
  if (objectOf(given[userUrn.user])['bypassNotification'] === true) return;
  const recipient = listOf(given['emails']).find((email) => email['primary'] === true)?.['value'];
  world.database
    .prepare("INSERT INTO oci_mails (user_id, recipient, kind, sent_at) VALUES (?, ?, 'activation', ?)")
    .run(id, isText(recipient) ? recipient : '', world.now());
}

function requireAttributes(user: Attributes): void {
  const missing = [
    ...(isText(user['userName']) ? [] : ['userName']),
    ...(isText(objectOf(user['name'])['familyName']) ? [] : ['name.familyName']),
  ];
  if (missing.length > 0)
    throw badRequest('error.common.validation.missingReqAttributes', `Missing required attribute(s): ${missing.join(',')}.`);
  if (!listOf(user['emails']).some((email) => email['primary'] === true && isText(email['value']))) {
    throw badRequest('error.identity.user.primaryEmailNotSpecified', 'The primary email must be specified.');
  }
}

function completeEmails(value: unknown): readonly Attributes[] {
  const emails = listOf(value);
  const primaries = emails.filter((email) => email['primary'] === true);
  if (primaries.length > 1) throw badRequest('error.sandbox.severalPrimaryEmails', 'Only one email can be primary.');
  if (emails.some((email) => email['type'] === 'recovery')) return emails;
  return [...emails, { value: primaries[0]?.['value'], type: 'recovery', primary: false }];
}

function completeManager(world: World, enterprise: unknown): Attributes {
  const { manager, ...extension } = objectOf(enterprise);
  const id = objectOf(manager)['value'];
  if (!isText(id)) return enterprise === undefined ? {} : { [userUrn.enterprise]: extension };
  const found = findResource(world.database, 'User', id);
  if (found === undefined) {
    throw badRequest(
      'error.common.validation.invalidReferenceResource',
      `User.manager references a User with ID ${id} that does not exist.`,
    );
  }
  const named = { value: id, $ref: `${world.urls.oci}/admin/v1/Users/${id}`, displayName: found.attributes['displayName'] };
  return { [userUrn.enterprise]: { ...extension, manager: named } };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function listOf(value: unknown): readonly Attributes[] {
  return Array.isArray(value) ? (value as readonly Attributes[]) : [];
}

function objectOf(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}
