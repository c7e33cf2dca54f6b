import type { Operations } from '../http/graph-call.ts';
import { assignLicense } from './assign-license.ts';
import { listLicenseDetails, listSubscribedSkus, readLicenseDetails, readSubscribedSku } from './read-licences.ts';

/** Licences of the tenant and of users. */
export const licenceOperations: Operations = {
  'GET /subscribedSkus': { name: 'subscribedSkus.list', handle: listSubscribedSkus },
  'GET /subscribedSkus/{subscribedSku-id}': { name: 'subscribedSkus.get', handle: readSubscribedSku },
  'POST /users/{user-id}/assignLicense': { name: 'users.assignLicense', handle: assignLicense },
  'GET /users/{user-id}/licenseDetails': { name: 'users.licenseDetails', handle: listLicenseDetails },
  'GET /users/{user-id}/licenseDetails/{licenseDetails-id}': { name: 'users.licenseDetails', handle: readLicenseDetails },
};
