import { z } from 'zod';
import type { DeviceReader, FoundDevice } from '../../ports/readers/devices.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { withQuery } from '../http/with-query.ts';

const device = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  trustType: z.string().nullish(),
  deviceOwnership: z.string().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
});
const user = z.object({ id: z.string() });

/** Reads the devices that a user registered or joined (https://learn.microsoft.com/graph/api/user-list-owneddevices), and who uses one. */
export function createDeviceReader(api: Api): DeviceReader {
  return {
    devicesOf: async (accountId, signal) => {
      const path = withQuery(`/users/${encodeURIComponent(accountId)}/ownedDevices/microsoft.graph.device`, {
        $select: Object.keys(device.shape).join(','),
        $top: '999',
      });
      return (await graphList(api, { method: 'GET', path }, device, signal)).map(toDevice);
    },
    usersOf: async (deviceId, signal) => {
      const path = withQuery(`/devices/${encodeURIComponent(deviceId)}/registeredUsers`, { $select: 'id' });
      return (await graphList(api, { method: 'GET', path }, user, signal)).map(({ id }) => id);
    },
  };
}

function toDevice(found: z.infer<typeof device>): FoundDevice {
  return { id: found.id, name: found.displayName ?? found.id, kind: kindOf(found), enabled: found.accountEnabled === true };
}

/**
 * `Workplace` is a device of one's own, `AzureAd` one joined to the tenant, `ServerAd` one joined to a domain as well (https://learn.microsoft.com/graph/api/resources/device). A company's telephone is only registered,
 * but Intune says whose it is.
 */
function kindOf({ trustType, deviceOwnership, onPremisesSyncEnabled }: z.infer<typeof device>): FoundDevice['kind'] {
  if (onPremisesSyncEnabled === true || trustType === 'ServerAd') return 'hybrid';
  return trustType === 'Workplace' && deviceOwnership !== 'Company' ? 'personal' : 'company';
}
