import type { RpcTypedData } from '../worker/rpc-types.ts';
import type { Schedule } from './schedule.ts';
import type { ScheduleStatus } from './schedule-status.ts';

/**
 * The data of a timer trigger, as the host sends it (`TimerInfo` of the timer extension): the status is that before this run, so `Next` is the time
 * that this run was planned for; there is none where runs are not monitored.
 */
export function timerInfo(schedule: Schedule, status: ScheduleStatus | undefined, isPastDue: boolean): RpcTypedData {
  const ScheduleStatus = status && { Last: isoTime(status.lastAt), Next: isoTime(status.nextAt), LastUpdated: isoTime(status.updatedAt) };
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: schedule.followsWallClock },
      ScheduleStatus: ScheduleStatus ?? null,
      IsPastDue: isPastDue,
    }),
  };
}

function isoTime(at: number | undefined): string {
  // .NET's default date stands for "never".
  return at === undefined ? '0001-01-01T00:00:00+00:00' : new Date(at).toISOString().replace('Z', '+00:00');
}
