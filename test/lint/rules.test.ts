import { beforeAll, describe, expect, it } from 'vitest';
import { lintPlanted } from './run-oxlint.ts';
import type { Finding } from './run-oxlint.ts';

const lines = (count: number): string => '  n += 1;\n'.repeat(count);

// A trap of durable-functions, in an orchestrator; traps 6 and 7 begin with the same call.
const orchestrator = (call: string): string => `export function* steps(context: never): Generator<unknown> {\n  yield ${call};\n}\n`;

// rule, where it must fire, and the smallest source that breaks it
const violations: readonly (readonly [string, string, string])[] = [
  ['max-lines', 'host/long-file.ts', '\n'.repeat(300).concat('export const a = 1;\n')],
  ['max-lines-per-function', 'host/long-function.ts', `export function a(): number {\n  let n = 0;\n${lines(50)}  return n;\n}\n`],
  [
    'max-params',
    'host/params.ts',
    'export function a(b: number, c: number, d: number, e: number, f: number): number {\n  return b + c + d + e + f;\n}\n',
  ],
  [
    'max-depth',
    'host/depth.ts',
    'export function a(b: number): void {\n  if (b) { if (b > 1) { if (b > 2) { if (b > 3) throw new Error("deep"); } } }\n}\n',
  ],
  ['complexity', 'host/complexity.ts', `export function a(n: number): number {\n  return ${'n > 1 ? n : '.repeat(15)}n;\n}\n`],
  ['no-explicit-any', 'host/any.ts', 'export const a: any = 1;\n'],
  ['no-non-null-assertion', 'host/non-null.ts', 'export const a = (b: string | undefined): string => b!;\n'],
  ['no-floating-promises', 'host/floating.ts', 'export async function a(): Promise<void> {\n  Promise.resolve(1);\n}\n'],
  [
    'no-misused-promises',
    'host/misused.ts',
    'export const a = (b: string[]): void => b.forEach(async () => {\n  await Promise.resolve();\n});\n',
  ],
  [
    'switch-exhaustiveness-check',
    'host/switch.ts',
    "export function a(b: 'x' | 'y'): number {\n  switch (b) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}\n",
  ],
  ['only-throw-error', 'host/throw.ts', "export function a(): never {\n  throw 'words';\n}\n"],
  ['consistent-type-imports', 'host/type-import.ts', "import { Stats } from 'node:fs';\nexport type A = Stats;\n"],
  ['no-namespace', 'host/namespace.ts', 'export namespace A {\n  export const b = 1;\n}\n'],
  ['ban-ts-comment', 'host/ts-comment.ts', '// @ts-ignore\nexport const a = 1;\n'],
  ['no-default-export', 'host/default-export.ts', 'export default 1;\n'],
  ['no-barrel-file', 'host/barrel.ts', "export * from './any.ts';\nexport * from './throw.ts';\n"],
  ['no-cycle', 'host/cycle.ts', "import { b } from './cycle-back.ts';\nexport const a = (): number => b();\n"],
  ['filename-case', 'host/camelCase.ts', 'export const a = 1;\n'],
  ['eqeqeq', 'host/equal.ts', 'export const a = (b: unknown): boolean => b == 1;\n'],
  ['no-warning-comments', 'host/later.ts', `// ${'TO'}${'DO'}: finish\nexport const a = 1;\n`],
  ['no-console', 'shared/operations/console.ts', "export function a(): void {\n  console.log('a');\n}\n"],
  ['no-restricted-properties', 'shared/domain/date-now.ts', 'export const a = (): number => Date.now();\n'],
  ['no-restricted-properties', 'functions/date-now.ts', 'export const a = (): number => Date.now();\n'],
  [
    'no-restricted-properties',
    'shared/gate/temporal-now.ts',
    "import { Temporal } from 'temporal-polyfill';\nexport const a = (): unknown => Temporal.Now.instant();\n",
  ],
  ['no-restricted-globals', 'orchestrations/date.ts', 'export const a = (): unknown => new Date(0);\n'],
  ['no-restricted-globals', 'orchestrations/fetch.ts', "export const a = (): unknown => fetch('https://contoso.example');\n"],
  ['no-restricted-globals', 'orchestrations/timeout.ts', 'export const a = (): unknown => setTimeout(() => 1, 1);\n'],
  ['no-restricted-globals', 'orchestrations/interval.ts', 'export const a = (): unknown => setInterval(() => 1, 1);\n'],
  ['no-restricted-globals', 'orchestrations/process.ts', "export const a = (): unknown => process.env['A'];\n"],
  ['no-restricted-globals', 'orchestrations/crypto.ts', 'export const a = (): unknown => crypto.randomUUID();\n'],
  ['no-restricted-globals', 'orchestrations/global-this.ts', 'export const a = (): unknown => globalThis.Date;\n'],
  ['no-restricted-properties', 'orchestrations/random.ts', 'export const a = (): number => Math.random();\n'],
  ['no-restricted-properties', 'orchestrations/trap-1-race.ts', orchestrator('context.df.Task.any([])')],
  ['no-restricted-properties', 'orchestrations/trap-1-activity.ts', orchestrator("context.df.callActivity('a')")],
  ['no-restricted-properties', 'orchestrations/trap-2-timer.ts', orchestrator('context.df.createTimer(context.df.currentUtcDateTime)')],
  [
    'no-restricted-properties',
    'orchestrations/trap-3-retry.ts',
    orchestrator("context.df.callActivityWithRetry('a', { retryTimeoutInMilliseconds: 1 })"),
  ],
  ['no-restricted-properties', 'orchestrations/trap-4-cancel.ts', orchestrator('context.timer.cancel()')],
  ['no-restricted-properties', 'orchestrations/trap-5-anew.ts', orchestrator('context.df.continueAsNew(1)')],
  ['no-restricted-properties', 'orchestrations/trap-6-event.ts', orchestrator("context.df.waitForExternalEvent('E')")],
  ['no-restricted-properties', 'orchestrations/trap-8-timestamp.ts', orchestrator('context.df.getInput().Timestamp')],
  ['no-restricted-properties', 'orchestrations/trap-http.ts', orchestrator('context.df.callHttp({})')],
  ['no-restricted-properties', 'orchestrations/durable.ts', orchestrator('context.df.Task.any([])')],
];

const CLEAN: Readonly<Record<string, string>> = {
  'shared/connectors/clock/system-clock.ts': 'export const now = (): number => Date.now();\n',
  'shared/connectors/http/http-date.ts': 'export const parse = (text: string): Date => new Date(text);\n',
  'sandbox/foundation/clock.ts': 'export const now = (): Date => new Date();\n',
  'orchestrations/clean.ts': 'export function* steps(): Generator<number, number, number> {\n  return (yield 1) + Math.max(1, 2);\n}\n',
  'host/cycle-back.ts': "import { a } from './cycle.ts';\nexport const b = (): number => a();\n",
};
let findings: readonly Finding[] = [];

beforeAll(async () => {
  findings = await lintPlanted({ ...Object.fromEntries(violations.map(([, path, text]) => [path, text])), ...CLEAN });
}, 60_000);

describe('a planted violation is found:', () => {
  it.each(violations)('%s in %s', (rule, path) => {
    expect(findings.filter(({ file }) => file === path).map((finding) => finding.rule)).toContain(rule);
  });

  it('while clean files have no finding but the cycle that runs through one of them', () => {
    const inClean = findings.filter(({ file }) => file in CLEAN).map(({ rule, file }) => `${file}: ${rule}`);
    expect(inClean).toEqual(['host/cycle-back.ts: no-cycle']);
  });
});
