import type { Random } from './campaign-random.ts';
import type { SystemName, World } from './campaign-world.ts';

type Effect = { readonly status: number; readonly retryAfter?: number } | { readonly reset: true } | { readonly delayMs: number };
type Fault = {
  readonly system: SystemName;
  readonly operation: string;
  readonly nth: number;
  readonly phase: 'before' | 'after';
  readonly effect: Effect;
};

/** A scheduled fault and how often it struck. */
export type StruckFault = Fault & { readonly fired: number };

// How often each happens at least while fifty people are hired: a fault is scheduled within its share of that, so that it is sure to strike.
// Members who are added together are one groups.update: who joins within a moment of others goes with them, so how many stay single depends on the machine's pace, and the least is far below their 150 memberships.
const hiresMeasured = 50;
const operations: readonly (readonly [system: SystemName, operation: string, atLeast: number])[] = [
  ['graph', 'users.create', 16],
  ['graph', 'users.update', 50],
  ['graph', 'users.get', 300],
  ['graph', 'users.list', 50],
  ['graph', 'users.assignLicense', 50],
  ['graph', 'groups.addMember', 20],
  ['graph', 'temporaryAccessPass.create', 50],
  ['graph', 'messages.create', 140],
  ['graph', 'messages.send', 140],
  ['graph', 'messages.list', 200],
  ['oci', 'scim.createUser', 50],
  ['oci', 'scim.patchGroup', 55],
  ['oci', 'scim.patchUser', 50],
  ['oci', 'scim.searchUsers', 50],
  ['directory', 'ldap.add', 34],
  ['directory', 'ldap.modify', 130],
  ['directory', 'ldap.search', 500],
  ['hr', 'workContacts.put', 50],
  ['hr', 'workers.get', 50],
  ['hr', 'events.deliver', 50],
];

const troubles = (random: Random): readonly Pick<Fault, 'phase' | 'effect'>[] => [
  { phase: 'before', effect: { status: 429, retryAfter: 1 } },
  { phase: 'before', effect: { status: 503 } },
  { phase: 'after', effect: { status: 503 } },
  { phase: 'before', effect: { reset: true } },
  { phase: 'after', effect: { reset: true } },
  { phase: 'before', effect: { delayMs: Math.round(random.between(200, 2500)) } },
  { phase: 'after', effect: { delayMs: Math.round(random.between(200, 2500)) } },
];

/**
 * Every kind of trouble once at every logical operation of a hire, at calls chosen by the seed, besides what strikes at the start of a process. Where there are
 * so few hires that an operation has no room for all of them, it has some, other ones for each operation.
 */
export async function scheduleFaults(world: World, random: Random, hires: number): Promise<void> {
  const atStart: readonly Fault[] = [
    { system: 'graph', operation: 'token', nth: 1, phase: 'before', effect: { status: 503 } },
    { system: 'oci', operation: 'oauth.token', nth: 1, phase: 'after', effect: { reset: true } },
    { system: 'directory', operation: 'ldap.bind', nth: 2, phase: 'before', effect: { reset: true } },
  ];
  const during = operations.flatMap(([system, operation, atLeast], place) => {
    const all = troubles(random);
    const calls = Math.floor((atLeast * hires) / hiresMeasured);
    const count = Math.min(all.length, Math.max(1, calls));
    // Each trouble has its own stretch of calls, so that no two want the same one.
    const stretch = Math.max(1, Math.floor(calls / count));
    const chosen = [...all.slice(place % all.length), ...all.slice(0, place % all.length)].slice(0, count);
    return chosen.map((trouble, index): Fault => ({ system, operation, nth: 1 + index * stretch + random.below(stretch), ...trouble }));
  });
  for (const fault of [...atStart, ...during]) await world.post('/faults', fault);
}

/** What was scheduled, with how often each struck. */
export async function struckFaults(world: World): Promise<readonly StruckFault[]> {
  return (await world.get('/faults')) as readonly StruckFault[];
}

/** A fault in words. */
export function describeFault({ system, operation, nth, phase, effect }: Fault): string {
  return `${system} ${operation} call ${nth}, ${phase} it takes effect: ${JSON.stringify(effect)}`;
}
