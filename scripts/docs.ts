// npm run docs: writes the pages that are made from the sources. `--to <folder>` writes them elsewhere, so that a test can compare.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { graphUses } from '../shared/connectors/http/graph-uses.ts';
import { catalog } from '../shared/tasks/catalog.ts';
import { settingsPage } from './docs/settings-page.ts';

/** As much of JSON Schema (draft 2020-12) as the inputs of tasks use. */
const shapeSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  get items() {
    return shapeSchema.optional();
  },
  properties: z.record(z.string(), z.unknown()).optional(),
  get anyOf() {
    return z.array(shapeSchema).optional();
  },
});
type Shape = z.infer<typeof shapeSchema>;
const inputSchema = z.object({ properties: z.record(z.string(), shapeSchema), required: z.array(z.string()).default([]) });

const kinds: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', integer: 'a whole number', number: 'a number' };

const { to } = parseArgs({ options: { to: { type: 'string', default: join(dirname(import.meta.dirname), 'docs') } } }).values;
mkdirSync(to, { recursive: true });
writeFileSync(join(to, 'tasks.md'), tasksPage());
writeFileSync(join(to, 'permissions.md'), permissionsPage());
writeFileSync(join(to, 'settings.md'), settingsPage());
writeFileSync(join(to, 'connectors.md'), connectorsPage());

/** The page as it is written, with the table of faults as the test keeps it. */
function connectorsPage(): string {
  const root = dirname(import.meta.dirname);
  const page = readFileSync(join(root, 'docs', 'connectors.md'), 'utf8');
  const kept = z.record(z.string(), z.record(z.string(), z.string()));
  const rows = Object.entries(kept.parse(JSON.parse(readFileSync(join(root, 'test/faults/table/fault-table.json'), 'utf8'))));
  const columns = [...new Set(rows.flatMap(([, did]) => Object.keys(did)))];
  const table = [
    `| call | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...rows.map(([call, did]) => `| ${call} | ${columns.map((column) => did[column] ?? '–').join(' | ')} |`),
  ];
  return page.replace(
    /(<!-- faults:.*-->\n)[^]*(<!-- \/faults -->)/,
    (_, begin: string, end: string) => `${begin}\n${table.join('\n')}\n\n${end}`,
  );
}

function tasksPage(): string {
  const head = [
    '# Tasks',
    '',
    '<!-- Made by `npm run docs` from shared/tasks/catalog.ts: edit that, not this. -->',
    '',
    'What a step of a workflow can do (`task`), and what it is given (`with`). A task plans changes and never writes: the gate does.',
    'A key that is not listed is a mistake, and named with its file and line at start.',
  ];
  return `${[...head, ...catalog.flatMap(taskSection)].join('\n')}\n`;
}

function taskSection({ id, does, input }: (typeof catalog)[number]): readonly string[] {
  const { properties, required } = inputSchema.parse(z.toJSONSchema(input, { io: 'input' }));
  const rows = Object.entries(properties).map(
    ([name, shape]) => `| \`${name}\` | ${inWords(shape)} | ${required.includes(name) ? 'yes' : 'no'} |`,
  );
  return [
    '',
    `## ${id}`,
    '',
    `${does.charAt(0).toUpperCase()}${does.slice(1)}.`,
    '',
    '| with | takes | required |',
    '|---|---|---|',
    ...rows,
  ];
}

function inWords({ type, enum: values, items, properties, anyOf, minItems, minimum, maximum }: Shape): string {
  if (properties !== undefined) return `\`{ ${Object.keys(properties).join(', ')} }\``;
  if (anyOf !== undefined) return anyOf.map(inWords).join('; or ');
  if (values !== undefined) return `one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  if (items !== undefined) return `a list${minItems === undefined ? '' : ` of ${minItems} or more`}, each ${inWords(items)}`;
  const kind = kinds[type ?? ''];
  if (kind === undefined) throw new Error(`A task takes ${type ?? 'something'} as input, which scripts/docs.ts has no words for.`);
  const range = [minimum === undefined ? '' : ` from ${minimum}`, maximum === undefined ? '' : ` to ${maximum}`].join('');
  return `${kind}${range}`;
}

function permissionsPage(): string {
  const head = [
    '# Permissions in Microsoft Graph',
    '',
    '<!-- Made by `npm run docs` from shared/connectors/http/graph-uses.ts: edit that, not this. -->',
    '',
    'The application permissions that Gatehouse needs, the least for each of its calls; `gatehouse permissions` lists them too. Grant those of the tasks that your workflows use: a call without its permission is answered 403, and its step says so.',
    'Every call of Graph in the tests has to be one of these, and the contract tests run with these permissions and no other.',
    '',
    'A user who holds a privileged role is changed in sensitive ways (`accountEnabled`, password, methods, deletion) only by an application that holds a directory role itself: Gatehouse does not ask for one, and two people shut such an account by hand where Graph refuses.',
    '`Mail.Send`, `Mail.ReadWrite` and `MailboxSettings.ReadWrite` reach every mailbox unless Exchange narrows them ([connectors.md](connectors.md)). `AppRoleAssignment.ReadWrite.All` lets an application grant itself anything: leave it out where no workflow names `remove-app-roles`.',
    '',
    '| permission | for | calls |',
    '|---|---|---|',
  ];
  const rows = graphUses.map(
    ({ permission, for: use, calls }) => `| \`${permission}\` | ${use} | ${calls.map((call) => `\`${call}\``).join('<br>')} |`,
  );
  return `${[...head, ...rows].join('\n')}\n`;
}
