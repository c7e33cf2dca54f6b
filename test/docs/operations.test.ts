import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../cli/client.ts';
import { createProgram } from '../../cli/program.ts';

const program = createProgram(createClient({}));
const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).flatMap((path) => (path.endsWith('.md') ? [join('docs', path)] : [])),
];

/** Every command that a page tells its reader to type, as words. */
function typedIn(page: string): readonly (readonly string[])[] {
  const lines = readFileSync(page, 'utf8').matchAll(/^(?:GATEHOUSE_\w+=\S+ )?npx --no gatehouse ([^#|\n]*)/gm);
  return [...lines].map(([, line = '']) => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''));
}

/** What is wrong with a command, by what the command line itself knows; undefined where nothing is. */
function problemOf(words: readonly string[]): string | undefined {
  let command: Command = program;
  let rest = words;
  for (let next = find(command, rest); next !== undefined; next = find(command, rest)) {
    command = next;
    rest = rest.slice(1);
  }
  if (command === program) return 'there is no such command';
  const { args, unknown, given } = sorted(command, rest);
  const missing = command.options
    .filter((option) => option.mandatory && !given.has(option.attributeName()))
    .map(({ long }) => `${long} is missing`);
  const { length } = command.registeredArguments;
  const required = command.registeredArguments.filter((argument) => argument.required).length;
  const count = args.length < required || args.length > length ? [`takes ${required} to ${length} words, not ${args.join(' ')}`] : [];
  const all = [...unknown, ...missing, ...count];
  return all.length === 0 ? undefined : all.join(', ');
}

function find(command: Command, [word]: readonly string[]): Command | undefined {
  return command.commands.find((one) => one.name() === word);
}

function sorted(command: Command, words: readonly string[]) {
  const args: string[] = [];
  const unknown: string[] = [];
  const given = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) args.push(word);
    else {
      const option = command.options.find(({ long }) => long === word);
      if (option === undefined) unknown.push(`there is no ${word}`);
      else given.add(option.attributeName());
      if (option?.required === true) at += 1;
    }
  }
  return { args, unknown, given };
}

describe('The commands in the documents', () => {
  it('are such as the command line takes, with every word and option that it asks for', () => {
    const typed = pages.flatMap((page) => typedIn(page).map((words) => ({ page, words })));
    expect(typed.filter(({ page }) => page === 'docs/operations.md').length).toBeGreaterThan(25);
    const wrong = typed.flatMap(({ page, words }) => {
      const problem = problemOf(words);
      return problem === undefined ? [] : [`${page}: gatehouse ${words.join(' ')}: ${problem}`];
    });
    expect(wrong).toEqual([]);
  });

  it('name workflows that there are', () => {
    const files = readdirSync('config/workflows');
    // A plan may be asked for by what sets a workflow off, too.
    const triggers = files.flatMap((file) => [
      ...readFileSync(join('config/workflows', file), 'utf8').matchAll(/^trigger: \{ event: ([a-z-]+)/gm),
    ]);
    const known = new Set([...files.map((file) => file.replace('.yaml', '')), ...triggers.map(([, name]) => name)]);
    const named = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/gatehouse (?:plan|run) ([a-z][a-z-]*)/g)].map(([, name = '']) => ({ page, name })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('would be found out where they are not', () => {
    expect(problemOf(['person', 'erase', '10042'])).toBe('--reason is missing');
    expect(problemOf(['holds', 'lift', 'x'])).toContain('takes 0 to 0 words');
    expect(problemOf(['dead-letters', 'replay', '--everything', '--reason', 'x'])).toBe('there is no --everything');
  });
});

describe('docs/operations.md', () => {
  it('says how to rotate every setting that is a secret', () => {
    const settings = readFileSync('docs/settings.md', 'utf8');
    const rows = settings.split('\n').map((line) => line.split(' | '));
    const secrets = rows.flatMap(([name = '', , , secret]) => {
      const found = /^\| `(\w+)`$/.exec(name)?.[1];
      return found !== undefined && (secret === 'yes' || found.startsWith('GATEHOUSE_SECRET_')) ? [found] : [];
    });
    expect(secrets.length).toBeGreaterThan(7);
    const rotated = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
    expect(secrets.filter((name) => !rotated.includes(name))).toEqual([]);
  });
});
