import { readFileSync } from 'node:fs';

/** Ticks of a hundredth of a second, of which Linux tells whatever the kernel counts in (USER_HZ, proc_pid_stat(5)). */
const tickMs = 10;

/** How much processor time a process has used so far, in milliseconds; undefined where the system does not tell, as elsewhere than on Linux. */
export function processorTime(pid: number): number | undefined {
  try {
    // The name of the program stands in parentheses and may hold spaces; utime and stime are the 12th and 13th fields after it.
    const [, rest = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return undefined;
  }
}
