import { z } from 'zod';
import { directoryState } from '../../sandbox/directory/directory-state.ts';
import { graphState } from '../../sandbox/graph/graph-state.ts';
import { ociState } from '../../sandbox/oci/oci-state.ts';
import type { Change } from '../../shared/domain/change.ts';
import type { GateWorld } from './gate-world.ts';

const message = z.looseObject({ id: z.string(), folder: z.string(), isDraft: z.boolean() });
const graph = z.object({
  users: z.array(
    z.looseObject({
      id: z.string(),
      employeeId: z.string().nullish(),
      deleted: z.boolean(),
      methods: z.array(z.looseObject({ id: z.string() })),
    }),
  ),
  mailboxes: z.array(z.object({ messages: z.array(message) })),
});
const oci = z.object({ users: z.array(z.looseObject({ id: z.string() })) });
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** What the tenant holds, as far as the tests of the gate look at it. */
export function tenant(world: GateWorld): z.infer<typeof graph> {
  return graph.parse(graphState(world.contoso.sandbox.world));
}

/** Ids of the accounts that carry the worker id, as the sandbox holds them, whatever the product sees. */
export function accountsOf(world: GateWorld, kind: 'entra' | 'oci' | 'ad', workerId: string): readonly string[] {
  if (kind === 'entra')
    return tenant(world)
      .users.filter((user) => user.employeeId === workerId && !user.deleted)
      .map(({ id }) => id);
  if (kind === 'oci') {
    const number = z.looseObject({ employeeNumber: z.string() });
    return oci
      .parse(ociState(world.contoso.sandbox.world))
      .users.filter((user) => number.safeParse(user[enterprise]).data?.employeeNumber === workerId)
      .map(({ id }) => id);
  }
  return directoryState(world.contoso.sandbox.world)
    .objects.filter((object) => object['employeeID'] === workerId)
    .map((object) => guid(String(object['objectGUID'])));
}

/** Ids of the passes of the account, usable or not. */
export function passesOf(world: GateWorld, account: string): readonly string[] {
  const user = tenant(world).users.find(({ id }) => id === account);
  return (user?.methods ?? []).filter((method) => String(method['@odata.type']).includes('temporaryAccessPass')).map(({ id }) => id);
}

/** The messages that carry the change's key, or for a pass the key of one of its mails, in any folder of any mailbox. */
export function mailsUnder(world: GateWorld, change: Change): readonly z.infer<typeof message>[] {
  if (change.as !== 'act') throw new Error('not an act');
  const key = change.deliver?.key ?? change.key;
  return tenant(world).mailboxes.flatMap(({ messages }) => messages.filter((one) => JSON.stringify(one).includes(key)));
}

/** Octets as they stand in the directory, in the order in which people write a GUID (MS-DTYP, section 2.3.4). */
export function guid(hex: string): string {
  if (hex.includes('-')) return hex.toLowerCase();
  const part = (at: number): string => (hex.slice(at, at + 8).match(/../g) ?? []).toReversed().join('');
  const short = (at: number): string => hex.slice(at + 2, at + 4) + hex.slice(at, at + 2);
  return [part(0), short(8), short(12), hex.slice(16, 20), hex.slice(20)].join('-').toLowerCase();
}
