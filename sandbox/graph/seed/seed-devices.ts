import type { CompanyPerson } from '../../company/company.ts';
import type { World } from '../../foundation/world.ts';
import { addEdge } from '../store/edges.ts';
import type { Device } from '../store/entities.ts';
import { insertObject } from '../store/objects.ts';

type Kind = Pick<Device, 'trustType' | 'onPremisesSyncEnabled'> & { readonly name: string; readonly of: 'Company' | 'Personal' };

const laptop: Kind = { name: 'laptop', trustType: 'AzureAd', onPremisesSyncEnabled: null, of: 'Company' };
const phone: Kind = { name: 'phone', trustType: 'Workplace', onPremisesSyncEnabled: null, of: 'Personal' };
const desktop: Kind = { name: 'desktop', trustType: 'ServerAd', onPremisesSyncEnabled: true, of: 'Company' };

/** Devices by the last digit of the worker id: with 4 a laptop of the company, with 6 a phone of one's own, with 8 both and a desktop that is joined to the domain. The chief executive
 * uses the laptop of 20004 as well. */
export function seedDevices(world: World, people: readonly CompanyPerson[]): void {
  const chief = people.find(({ workerId }) => workerId === '10001');
  for (const person of people) {
    for (const [index, kind] of devicesOf(person).entries()) {
      const device = deviceOf(person, kind, index);
      insertObject(world, { kind: 'device', entity: device });
      addEdge(world.database, 'registeredOwners', device.id, person.entraId);
      addEdge(world.database, 'registeredUsers', device.id, person.entraId);
      if (person.workerId === '20004' && chief !== undefined) addEdge(world.database, 'registeredUsers', device.id, chief.entraId);
    }
  }
}

function devicesOf({ workerId }: CompanyPerson): readonly Kind[] {
  switch (workerId.at(-1)) {
    case '4':
      return [laptop];
    case '6':
      return [phone];
    case '8':
      return [laptop, phone, desktop];
    default:
      return [];
  }
}

function deviceOf({ entraId, name }: CompanyPerson, kind: Kind, index: number): Device {
  return {
    id: entraId.replace(/^e1/, `f${index}`),
    deletedDateTime: null,
    deviceId: entraId.replace(/^e1/, `e${index + 7}`),
    displayName: `${name.given}'s ${kind.name}`,
    accountEnabled: true,
    trustType: kind.trustType,
    onPremisesSyncEnabled: kind.onPremisesSyncEnabled,
    deviceOwnership: kind.of,
    operatingSystem: kind.name === 'phone' ? 'iOS' : 'Windows',
  };
}
