import type { OciConfig } from '../../shared/config/systems.ts';
import { createOciTarget } from '../../shared/connectors/oci/create-oci-target.ts';
import { composeOciApi } from './compose-oci-api.ts';
import type { Parts, Target } from './parts.ts';

/** A target of kind `oci` with its connector. */
export function composeOci(parts: Parts, target: OciConfig): Target {
  return createOciTarget({ id: target.id, privilegedGroups: target.privilegedGroups }, { oci: composeOciApi(parts, target) });
}
