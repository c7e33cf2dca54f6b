import { z } from 'zod';
import { hrState } from '../../../sandbox/hr/hr-state.ts';
import type { GateWorld } from '../../gate/gate-world.ts';
import { adCases } from './ad-cases.ts';
import { someone, updateOf } from './changes.ts';
import type { FaultCase } from './fault-case.ts';
import { graphCases } from './graph-cases.ts';
import { ociCases } from './oci-cases.ts';
import { scimCases } from './scim-cases.ts';

const hrCase: FaultCase = {
  connector: 'HR write-back',
  call: 'tell HR the addresses',
  system: 'hr',
  operation: 'workContacts.put',
  prepare: async (world) => {
    const { person, workerId } = await someone(world, 'entra');
    let count = 0;
    return () => {
      count += 1;
      const email = `told.${count}@contoso.example`;
      const update = updateOf('entra', { person, account: workerId }, { email, userPrincipalName: email });
      const change = { ...update, target: 'hr:contoso', kind: 'contact' } as const;
      return Promise.resolve({ person, change, isSo: () => told(world).includes(email) });
    };
  },
};

function told(world: GateWorld): string {
  return JSON.stringify(z.unknown().parse(hrState(world.contoso.sandbox.world)));
}

/** Every mutating call of every connector: the rows of the fault table. */
export const faultCases: readonly FaultCase[] = [...graphCases, ...adCases, ...ociCases, ...scimCases, hrCase];
