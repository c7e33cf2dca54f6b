/** Which versions of orchestrations this host runs (host.json, `versionMatchStrategy`, `versionFailureStrategy`). */
export type VersionRules = {
  /** The version of the app (`defaultVersion`); without it every version runs. */
  readonly own: string | undefined;
  readonly match: 'None' | 'Strict' | 'CurrentOrOlder';
  /** What happens to an instance of another version: it waits for a host that runs it, or it fails. */
  readonly onMismatch: 'Reject' | 'Fail';
};

/** Whether an instance of a version is run here (DurableTask.Core, `TaskOrchestrationDispatcher`). */
export function runsVersion({ own, match }: VersionRules, version: string): boolean {
  if (!own || match === 'None') return true;
  return match === 'Strict' ? version === own : compareVersions(version, own) <= 0;
}

/** As DurableTask.Core compares (`VersioningSettings.CompareVersions`): none before all, numbers part by part, other texts by their letters in any case. */
function compareVersions(a: string, b: string): number {
  if (a.trim() === '' || b.trim() === '') return Number(a.trim() !== '') - Number(b.trim() !== '');
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (!left || !right) return compare(a.toUpperCase(), b.toUpperCase());
  // A part that is missing comes before 0, as in .NET's `Version`.
  for (let part = 0; part < 4; part += 1) {
    const order = compare(left[part] ?? -1, right[part] ?? -1);
    if (order !== 0) return order;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] | undefined {
  return /^\d{1,9}(?:\.\d{1,9}){1,3}$/.test(version.trim()) ? version.trim().split('.').map(Number) : undefined;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
