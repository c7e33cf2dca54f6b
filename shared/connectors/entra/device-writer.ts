import type { Link } from '../../domain/change.ts';
import type { DeviceReader, FoundDevice } from '../../ports/readers/devices.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { EdgeWriter } from '../../ports/writers/writers.ts';
import type { ApiRequest } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';

/**
 * Takes a device from its user and gives it back: one of their own is deleted, one of the company's is disabled and enabled, since a deletion takes its recovery keys along
 * (https://learn.microsoft.com/graph/api/device-delete, device-update). One that another directory masters is refused. Gone already is accepted.
 */
export function createDeviceWriter(parts: EntraParts, reader: DeviceReader): EdgeWriter {
  const find = async (change: Admitted<Link>, signal: AbortSignal): Promise<FoundDevice | undefined> => {
    const devices = await reader.devicesOf(resolvedId(change.object), signal);
    return devices.find(({ id }) => id === resolvedId(change.other));
  };
  return {
    setEdge: async (change, signal) => {
      const account = resolvedId(change.object);
      const device = await lookOr<FoundDevice | undefined | null>(find(change, signal), null);
      if (device === null) return unread;
      if (device === undefined)
        return change.do === 'unlink' ? accepted(account) : refused('The device is gone: it registers itself anew.');
      if (device.kind === 'hybrid') return refused(`${device.name} is mastered in Active Directory: change the computer there.`);
      const result = await parts.api.write({ ...requestFor(change, device), priority: priorityOf(change) }, signal);
      if (result.is === 'ok') return toAnswer(result, account);
      const isGone = result.is === 'refused' && result.status === 404 && change.do === 'unlink';
      return isGone && (await lookOr(find(change, signal), device)) === undefined ? accepted(account) : toUnaccepted(result);
    },
  };
}

function requestFor(change: Admitted<Link>, { id, kind }: FoundDevice): ApiRequest {
  const path = `/devices/${encodeURIComponent(id)}`;
  if (change.do === 'unlink' && kind === 'personal') return { method: 'DELETE', path };
  return { method: 'PATCH', path, body: { accountEnabled: change.do === 'link' } };
}

const unread: Answer = {
  is: 'later',
  retryAfterMs: 5_000,
  problem: { code: 'target-unavailable', message: 'Microsoft Graph does not tell now what kind of device this is; nothing was written.' },
};

function refused(message: string): Answer {
  return { is: 'refused', problem: { code: 'target-refused', message } };
}
