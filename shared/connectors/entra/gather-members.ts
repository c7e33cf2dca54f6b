import type { WriteResult } from '../http/api.ts';
import type { Pace } from '../http/pace.ts';

/** Somebody who is to join a group, until `signal` gives it up. */
export type Joining = { readonly account: string; readonly signal: AbortSignal };

/** Adds those who are named to the group, in one request; given up when the signal aborts. */
export type AddTogether = (group: string, accounts: readonly string[], signal: AbortSignal) => Promise<WriteResult>;

/** Adds one member, together with others where there are any. Each caller is told what came of their own. */
export type AddMember = (group: string, joining: Joining) => Promise<WriteResult>;

// As many as one PATCH takes (https://learn.microsoft.com/graph/api/group-update).
const mostTogether = 20;
// Long enough for those of runs that began together to come along, and of no account to somebody who comes alone.
const firstGatherMs = 250;
// While more and more come: in proportion to what the last request took, and so that waiting in line twice for ten seconds fits into the time of a write.
const [leastGatherMs, mostGatherMs] = [1_000, 3_000];

type Entry = Joining & { readonly tell: (result: Promise<WriteResult>) => void };

/**
 * Lets those who join one group at about the same time join by one request: it costs one write, however many they are. The first waits a moment for others; those who come
 * while a request is on its way, or within twice the time that it took, gather for the next. So the scarcer the quota is, the more go together. A request for several that is
 * refused says of none of them why, for one who is in the group already, or is not visible yet, has all of them refused: then each is added alone.
 */
export function gatherMembers(add: AddTogether, pace: Pace): AddMember {
  const groups = new Map<string, Entry[]>();
  const alone = (group: string, { account, signal }: Joining): Promise<WriteResult> => add(group, [account], signal);
  const send = async (group: string, those: readonly Entry[]): Promise<void> => {
    const present = those.filter(({ signal }) => !signal.aborted);
    for (const gone of those.filter((one) => !present.includes(one))) gone.tell(alone(group, gone));
    if (present.length === 0) return;
    // Whoever gives up has the request given up for all: nobody may be added after their worker has let go of the change.
    const together = add(
      group,
      present.map(({ account }) => account),
      AbortSignal.any(present.map(({ signal }) => signal)),
    );
    const result = await together.catch(() => undefined);
    const isForNone = present.length > 1 && result?.is === 'refused';
    for (const one of present) one.tell(isForNone ? alone(group, one) : together);
  };
  const sendGathered = async (group: string, gathered: Entry[]): Promise<void> => {
    await pace.wait(firstGatherMs, never);
    while (gathered.length > 0) {
      const since = pace.now();
      await send(group, gathered.splice(0, mostTogether));
      await pace.wait(Math.min(mostGatherMs, Math.max(leastGatherMs, 2 * (pace.now() - since))), never);
    }
    groups.delete(group);
  };
  const begin = (group: string): Entry[] => {
    const gathered: Entry[] = [];
    groups.set(group, gathered);
    void sendGathered(group, gathered);
    return gathered;
  };
  return (group, joining) =>
    new Promise((resolve) => {
      const entry = { ...joining, tell: resolve };
      const gathered = groups.get(group) ?? begin(group);
      gathered.push(entry);
      if (gathered.length >= mostTogether) void send(group, gathered.splice(0, mostTogether));
    });
}

const never = new AbortController().signal;
