import type { Registry } from '../../../shared/ports/registry/registry.ts';
import { graphDoorContract } from './graph-door.ts';
import { inboxContract } from './inbox.ts';
import { intentsContract } from './intents.ts';
import { peopleContract } from './people.ts';
import { recordsContract } from './records.ts';
import { runsContract } from './runs.ts';

/** Everything that a registry promises, whatever it is kept in. */
export function registryContract(registry: () => Registry): void {
  inboxContract(registry);
  peopleContract(registry);
  runsContract(registry);
  intentsContract(registry);
  recordsContract(registry);
  graphDoorContract(registry);
}
