import type { Config } from '../../shared/config/config.ts';
import type { SettingProblem } from './setting-problem.ts';

/** The setting that says where the systems of a kind are. Not every installation has such a system. */
const addressOf = { ad: ['GATEHOUSE_AD_URL', 'the domain controllers'], oci: ['GATEHOUSE_OCI_URL', 'the OCI identity domain'] } as const;

/** Targets of a kind whose address no setting gives. */
export function missingAddresses(
  targets: Config['targets'],
  environment: Readonly<Record<string, string | undefined>>,
): readonly SettingProblem[] {
  return Object.values(targets).flatMap(({ id, kind }) => {
    if (kind !== 'ad' && kind !== 'oci') return [];
    const [name, says] = addressOf[kind];
    if (environment[name] !== undefined) return [];
    const wayOut = `Give the address of ${says}, or take the target ${id} out of the configuration`;
    return [{ name, problem: `is missing, and the target ${id} needs it`, wayOut }];
  });
}
