import type { AdConfig } from '../../shared/config/systems.ts';
import { createAdTarget } from '../../shared/connectors/ad/create-ad-target.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import type { Parts, Target } from './parts.ts';

/** A target of kind `ad` with its connector. */
export function composeAd({ settings, secrets }: Parts, target: AdConfig): Target {
  const ca = settings.adCaFile === undefined ? {} : { caFile: settings.adCaFile };
  const login = { urls: settings.adUrls, user: target.account, password: () => secrets.read(target.secret), ...ca };
  return createAdTarget(
    { id: target.id, baseDn: target.baseDn, protectedOus: target.protectedOus, ...login },
    { newPassword: randomPassword },
  );
}
