/** A worker as the rehearsal's HR keeps one: the fields of the sandbox's HR that it uses. Dates are calendar dates, `accessEnds` is an instant. */
export type HrRecord = {
  readonly workerId: string;
  readonly status: 'prehire' | 'active' | 'leave' | 'terminated' | 'rescinded';
  readonly workerType: 'employee' | 'contractor';
  readonly name: { readonly given: string; readonly family: string | null };
  readonly hireDate: string;
  readonly lastDay: string | null;
  readonly accessEnds: string | null;
  readonly terminationKind: string | null;
  readonly leave: { readonly from: string; readonly to: string | null } | null;
  readonly jobTitle: string;
  readonly jobCode: string;
  readonly department: string;
  readonly location: { readonly code: string; readonly city: string; readonly country: string };
  readonly managerId: string | null;
  readonly timeZone: string;
  readonly personKey: string | null;
};

/** One entry of HR: from `at`, milliseconds since the epoch, the record of the worker reads so. `why` is for people. */
export type HrEntry = { readonly at: number; readonly human: string; readonly why: string; readonly record: HrRecord };

/** What HR does with it. `twice`: the same event is posted once more. `late`: the event before it arrives after it. */
export type Sending =
  | { readonly as: 'hire' | 'change'; readonly twice: boolean; readonly late: boolean }
  | { readonly as: 'ahead'; readonly effectiveFrom: string };

/** Something that happens in HR at a moment. What is told `ahead` is no entry yet: it follows when it holds. */
export type Happening = HrEntry & { readonly sending: Sending; readonly changes: Readonly<Record<string, unknown>> };
