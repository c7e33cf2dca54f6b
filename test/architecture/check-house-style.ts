import { roomOf } from './rooms.ts';
import type { SourceFile } from './source-file.ts';

const MAX_LINES = 300;
const EMPTY_NAMES = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'lib', 'index']);
const CLOCK_ADAPTER = 'shared/connectors/clock/';

/** What each file on its own gets wrong: size, name, re-exports, the wall clock, suppressions without a reason. */
export function checkHouseStyle(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => checks.filter(({ isBroken }) => isBroken(file)).map(({ problem }) => `${file.path} ${problem}`));
}

const checks: readonly { readonly problem: string; readonly isBroken: (file: SourceFile) => boolean }[] = [
  { problem: `has more than ${MAX_LINES} lines.`, isBroken: ({ text }) => text.trimEnd().split('\n').length > MAX_LINES },
  { problem: 'has a name that says nothing of what it holds, or is not in kebab-case.', isBroken: ({ path }) => !isTellingName(path) },
  { problem: 're-exports another file; import the file itself.', isBroken: ({ isReexporting }) => isReexporting },
  {
    problem: 'reads the wall clock; take the time from the Clock port.',
    isBroken: (file) => file.isReadingClock && isBoundToClockPort(file.path),
  },
  { problem: 'suppresses a rule without a reason; add " -- " and why.', isBroken: ({ comments }) => comments.some(isBareSuppression) },
];

function isTellingName(path: string): boolean {
  const segments = path.split('/').map((segment) => segment.replace(/(\.(test|config))?\.[a-z]+$/, ''));
  return segments.every((segment) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(segment) && !EMPTY_NAMES.has(segment));
}

function isBoundToClockPort(path: string): boolean {
  return /^(shared|functions|orchestrations|console)\//.test(path) && !path.startsWith(CLOCK_ADAPTER) && roomOf(path) !== undefined;
}

function isBareSuppression(comment: string): boolean {
  return /^(oxlint-disable|eslint-disable|@ts-expect-error|@ts-ignore)/.test(comment) && !/ -- \S/.test(comment);
}
