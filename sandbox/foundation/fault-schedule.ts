import type { DatabaseSync } from 'node:sqlite';
import { type RandomFaults, randomFaults, type RandomOrder, type StruckAtRandom } from './random-faults.ts';
import type { DueFault, FaultEffect, Faults, SystemName } from './world.ts';

/** A fault to schedule: strikes calls number `nth` to `nth + times - 1` of those that match from now on. */
export type FaultOrder = {
  readonly system: SystemName;
  readonly operation: string;
  /** Narrows to calls whose path or body contains this text. */
  readonly object?: string;
  readonly nth: number;
  readonly times: number;
  readonly phase: 'before' | 'after';
  readonly effect: FaultEffect;
};

/** A scheduled fault, with how many matching calls were seen and how often it fired. */
export type ScheduledFault = FaultOrder & { readonly id: number; readonly seen: number; readonly fired: number };

/** The schedule of faults. It is kept in the database, so that it and its counts survive a kill. */
export type FaultSchedule = Faults & {
  readonly add: (order: FaultOrder) => ScheduledFault;
  readonly list: () => readonly ScheduledFault[];
  /** Lets calls fail at random, besides what is scheduled, until `clear` or another such order. Kept only as long as the process lives. */
  readonly strikeAtRandom: (order: RandomOrder) => void;
  readonly struckAtRandom: () => StruckAtRandom;
  readonly clear: () => void;
};

const schema = `CREATE TABLE IF NOT EXISTS faults (
  id INTEGER PRIMARY KEY AUTOINCREMENT, ordered TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0, fired INTEGER NOT NULL DEFAULT 0)`;

/** Opens the schedule of faults in the world's database. When several faults are due for one call, the one scheduled first strikes; all of them count it. */
export function openFaultSchedule(database: DatabaseSync): FaultSchedule {
  database.exec(schema);
  // Held in memory too: most calls meet an empty schedule and must not pay for it.
  let faults: ScheduledFault[] = database
    .prepare('SELECT * FROM faults ORDER BY id')
    .all()
    .map((row) => ({
      ...(JSON.parse(String(row['ordered'])) as FaultOrder),
      id: Number(row['id']),
      seen: Number(row['seen']),
      fired: Number(row['fired']),
    }));
  const save = database.prepare('UPDATE faults SET seen = ?, fired = ? WHERE id = ?');
  const advance = (fault: ScheduledFault, strikes: boolean): ScheduledFault => {
    const next = { ...fault, seen: fault.seen + 1, fired: fault.fired + (strikes ? 1 : 0) };
    save.run(next.seen, next.fired, next.id);
    return next;
  };
  const take = (system: SystemName, operation: string, subject: string): DueFault | undefined => {
    let due: ScheduledFault | undefined;
    faults = faults.map((fault) => {
      if (!matches(fault, system, operation, subject)) return fault;
      const strikes = due === undefined && isDue(fault);
      if (strikes) due = fault;
      return advance(fault, strikes);
    });
    return due && { phase: due.phase, effect: due.effect };
  };
  let random: RandomFaults | undefined;
  return {
    take: (system, operation, subject) =>
      (faults.length === 0 ? undefined : take(system, operation, subject)) ?? random?.take(system, operation),
    add: (order) => {
      const { lastInsertRowid } = database.prepare('INSERT INTO faults (ordered) VALUES (?)').run(JSON.stringify(order));
      const fault = { ...order, id: Number(lastInsertRowid), seen: 0, fired: 0 };
      faults = [...faults, fault];
      return fault;
    },
    list: () => faults,
    strikeAtRandom: (order) => {
      random = randomFaults(order);
    },
    struckAtRandom: () => random?.struck() ?? {},
    clear: () => {
      database.exec('DELETE FROM faults');
      faults = [];
      random = undefined;
    },
  };
}

function matches(fault: ScheduledFault, system: SystemName, operation: string, subject: string): boolean {
  return fault.system === system && fault.operation === operation && (fault.object === undefined || subject.includes(fault.object));
}

function isDue(fault: ScheduledFault): boolean {
  const number = fault.seen + 1;
  return number >= fault.nth && number < fault.nth + fault.times;
}
