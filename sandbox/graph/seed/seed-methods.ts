import type { CompanyPerson } from '../../company/company.ts';
import type { World } from '../../foundation/world.ts';
import { mobilePhoneId } from '../methods/phone-types.ts';
import { insertMethod, type Method } from '../methods/method-store.ts';
import { passwordMethod } from '../methods/password-method.ts';

/** Gives everyone a password and an authenticator, as people have on the first morning. Some have more, by the last digit of the worker id: with 3 a phone registered later,
 * with 5 a phone registered before the authenticator and so the default, and a security key, with 7 a software token and Windows Hello. */
export function seedMethods(world: World, people: readonly CompanyPerson[]): void {
  for (const person of people) {
    for (const method of [passwordMethod(`${person.hireDate}T09:00:00Z`), authenticatorOf(person), ...furtherMethods(person)])
      insertMethod(world.database, person.entraId, method);
  }
}

function authenticatorOf(person: CompanyPerson): Method {
  const body = {
    createdDateTime: `${person.hireDate}T09:00:00Z`,
    displayName: `${person.name.given}'s phone`,
    deviceTag: 'SoftwareTokenActivated',
    phoneAppVersion: '6.2411.7533',
  };
  return { id: person.entraId.replace(/^e1/, 'e2'), type: 'microsoftAuthenticator', body };
}

function furtherMethods(person: CompanyPerson): readonly Method[] {
  const at = (hour: string) => `${person.hireDate}T${hour}:00:00Z`;
  const phone = (createdDateTime: string): Method => ({
    id: mobilePhoneId,
    type: 'phone',
    body: { createdDateTime, phoneNumber: person.phone, phoneType: 'mobile', smsSignInState: 'notAllowedByPolicy' },
  });
  const other = (prefix: string, type: Method['type'], body: Method['body']): Method => ({
    id: person.entraId.replace(/^e1/, prefix),
    type,
    body: { createdDateTime: at('11'), ...body },
  });
  switch (person.workerId.at(-1)) {
    case '3':
      return [phone(at('10'))];
    case '5':
      return [phone(at('08')), other('e4', 'fido2', { displayName: 'Security key', model: 'Key 5', attestationLevel: 'attested' })];
    case '7':
      return [
        other('e5', 'softwareOath', { secretKey: null }),
        other('e6', 'windowsHelloForBusiness', { displayName: 'Laptop', keyStrength: 'normal' }),
      ];
    default:
      return [];
  }
}
