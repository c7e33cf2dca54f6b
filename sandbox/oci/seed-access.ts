import type { CompanyPerson } from '../company/company.ts';
import type { World } from '../foundation/world.ts';
import { saveGrant } from './app-access.ts';
import { credentialKinds } from './credential-kinds.ts';
import { saveFactor } from './factors.ts';

const roles = [
  { id: 'b5000000000000000000000000000001', displayName: 'Portal User', isAdmin: false },
  { id: 'b5000000000000000000000000000002', displayName: 'Portal Administrator', isAdmin: true },
] as const;
const app = { id: 'b6000000000000000000000000000001', name: 'Developer Portal' };

/** Gives the people of Platform second factors and a role in the developer portal, leads an administrator's role too, and two thirds of the engineers of the second grade credentials. */
export function seedAccess(world: World, people: readonly CompanyPerson[]): void {
  const role = world.database.prepare('INSERT INTO oci_app_roles (id, display_name, app_id, app_name, admin) VALUES (?, ?, ?, ?, ?)');
  for (const { id, displayName, isAdmin } of roles) role.run(id, displayName, app.id, app.name, isAdmin ? 1 : 0);
  for (const person of people) {
    if (person.ociId === null || person.department !== 'Platform') continue;
    seedCredentials(world, person, person.ociId);
    seedFactors(world, person, person.ociId);
    const number = person.ociId.slice(2);
    saveGrant(world, { id: `b7${number}`, userId: person.ociId, roleId: roles[0].id });
    if (isLead(person)) saveGrant(world, { id: `b8${number}`, userId: person.ociId, roleId: roles[1].id });
  }
}

function isLead({ jobTitle }: CompanyPerson): boolean {
  return jobTitle.includes('Lead') || jobTitle.includes('Vice President');
}

// Worker ids decide who has what: a third of the engineers one of each kind, a third an API key and an auth token, a third nothing.
function seedCredentials(world: World, { workerId, jobCode }: CompanyPerson, userId: string): void {
  if (jobCode !== 'ENG2') return;
  const number = Number(workerId);
  const add = world.database.prepare('INSERT INTO oci_credentials (id, kind, user_id, description, created) VALUES (?, ?, ?, ?, ?)');
  const held = credentialKinds.filter((_, index) => number % 3 === 0 || (number % 3 === 2 && index < 2));
  for (const kind of held) {
    const id = `b4${credentialKinds.indexOf(kind) + 1}${userId.slice(3)}`;
    add.run(id, kind.resource, userId, `${kind.resource} of the first morning`, world.now());
  }
}

function seedFactors(world: World, { name, workerId }: CompanyPerson, userId: string): void {
  saveFactor(world, { id: `b9${userId.slice(2)}`, userId, kind: 'device', name: `${name.given}'s phone` });
  if (Number(workerId) % 2 === 0) saveFactor(world, { id: `ba${userId.slice(2)}`, userId, kind: 'trustedUserAgent', name: 'Firefox' });
}
