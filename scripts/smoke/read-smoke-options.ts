import { parseArgs } from 'node:util';

/** What the one who starts it has decided. */
export type SmokeOptions = {
  readonly testTenant: string;
  /** Whether anything is done; else it is only said what would be. */ readonly acts: boolean;
  readonly source: string;
  readonly workerType: string;
  /** Columns of the file of workers with their values, besides those that every worker has. */
  readonly facts: Readonly<Record<string, string>>;
  readonly minutes: number;
};

const usage = `npm run smoke:azure -- --test-tenant <id> [--yes] [--source csv] [--type contractor] [--fact "Department=Support"]... [--minutes 30]`;

/** Reads the command line; throws with what is wrong, and how it is used. */
export function readSmokeOptions(args: readonly string[]): SmokeOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      'test-tenant': text,
      yes: { type: 'boolean', default: false },
      source: { ...text, default: 'csv' },
      type: { ...text, default: 'contractor' },
      fact: { ...text, multiple: true, default: [] },
      minutes: { ...text, default: '30' },
    },
  });
  const testTenant = values['test-tenant'];
  if (testTenant === undefined || testTenant === '')
    throw new Error(
      `--test-tenant is missing: the id of the tenant that is for tests and nothing else. Somebody is hired there and leaves again.\n${usage}`,
    );
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes is “${values.minutes}”: give how long a run may take, such as 30.`);
  return { testTenant, acts: values.yes, source: values.source, workerType: values.type, facts: factsOf(values.fact), minutes };
}

function factsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf('=');
      if (at < 1) throw new Error(`--fact is “${one}”: give a column of the file of workers and its value, such as “Department=Support”.`);
      return [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    }),
  );
}
