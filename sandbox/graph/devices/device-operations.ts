import { bodyOf, parameter, type GraphAnswer, type GraphCall, type Operations } from '../http/graph-call.ts';
import { mastered, notFound } from '../http/graph-failure.ts';
import { objectCollection } from '../odata/collection.ts';
import { presentObject } from '../odata/present-object.ts';
import { shapeOf } from '../odata/query-options.ts';
import type { Device } from '../store/entities.ts';
import { eraseObject, listKind, readKind, updateObject } from '../store/objects.ts';
import { listRelated } from '../users/related-objects.ts';

const one = '/devices/{device-id}';
const ofUser = '/users/{user-id}';

/** Devices, who registered them and who uses them (https://learn.microsoft.com/graph/api/resources/device). */
export const deviceOperations: Operations = {
  'GET /devices': { name: 'devices.list', handle: listDevices },
  [`GET ${one}`]: { name: 'devices.get', handle: readDevice },
  [`PATCH ${one}`]: { name: 'devices.update', handle: updateDevice },
  [`DELETE ${one}`]: { name: 'devices.delete', handle: deleteDevice },
  [`GET ${one}/registeredUsers`]: { name: 'devices.registeredUsers', handle: listRelated('device', 'registeredUsers') },
  [`GET ${ofUser}/ownedDevices`]: { name: 'users.ownedDevices', handle: listRelated('user', 'ownedDevices') },
  [`GET ${ofUser}/ownedDevices/microsoft.graph.device`]: {
    name: 'users.ownedDevices',
    handle: listRelated('user', 'ownedDevices', 'device'),
  },
  [`GET ${ofUser}/registeredDevices`]: { name: 'users.registeredDevices', handle: listRelated('user', 'registeredDevices') },
  [`GET ${ofUser}/registeredDevices/microsoft.graph.device`]: {
    name: 'users.registeredDevices',
    handle: listRelated('user', 'registeredDevices', 'device'),
  },
};

function listDevices(call: GraphCall): GraphAnswer {
  return objectCollection(
    call,
    listKind(call.world, 'device').map((entity) => ({ kind: 'device', entity })),
  );
}

function readDevice(call: GraphCall): GraphAnswer {
  return { status: 200, body: presentObject(call.world, { kind: 'device', entity: requireDevice(call) }, shapeOf(call), false) };
}

function updateDevice(call: GraphCall): GraphAnswer {
  const { '@odata.type': _type, ...values } = bodyOf(call);
  updateObject(call.world.database, { ...requireWritable(call), ...values });
  return { status: 204 };
}

/** For good: a device is not kept among deleted items. */
function deleteDevice(call: GraphCall): GraphAnswer {
  eraseObject(call.world.database, requireWritable(call).id);
  return { status: 204 };
}

/** What the on-premises directory masters would come back with the next sync. */
function requireWritable(call: GraphCall): Device {
  const device = requireDevice(call);
  if (device.onPremisesSyncEnabled === true) throw mastered();
  return device;
}

function requireDevice(call: GraphCall): Device {
  const id = parameter(call, 'device-id');
  const device = readKind(call.world, 'device', id);
  if (device === undefined) throw notFound(id);
  return device;
}
