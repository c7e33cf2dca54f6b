import { GatehouseError } from '../../errors.ts';
import type { LicenceReader } from '../../ports/readers/licences.ts';
import type { LicenceWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

/** Gives and takes one licence by `assignLicense`, which wants both lists (https://learn.microsoft.com/graph/api/user-assignlicense). Taking one that is not held is accepted. */
export function createLicenceWriter(parts: EntraParts, reader: LicenceReader): LicenceWriter {
  return {
    setLicence: async (change, signal) => {
      const account = resolvedId(change.object);
      const skuId = resolvedId(change.other);
      const gives = change.do === 'link';
      const body = { addLicenses: gives ? [{ skuId, disabledPlans: [] }] : [], removeLicenses: gives ? [] : [skuId] };
      const path = `/users/${encodeURIComponent(account)}/assignLicense`;
      const result = await parts.api.write({ method: 'POST', path, body, priority: priorityOf(change) }, signal);
      if (result.is === 'ok') return toAnswer(result, account);
      const isGone = !gives && result.is === 'refused' && !(await holds(reader, account, skuId, signal));
      return isGone ? accepted(account, result.problem.requestId) : unlessNotYetVisible(result, account, parts.recent);
    },
  };
}

async function holds(reader: LicenceReader, account: string, skuId: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await reader.licencesOf(account, signal)).some((licence) => licence.skuId === skuId);
  } catch (error) {
    // The refusal stands whatever the look says.
    if (error instanceof GatehouseError) return true;
    throw error;
  }
}
