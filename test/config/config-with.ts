import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { ConfigErrors } from '../../shared/config/config-errors.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

const shipped = new URL('../../config', import.meta.url).pathname;
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Some text of a shipped file, to be replaced. */
export type Edit = { readonly file: string; readonly from: string; readonly to: string };

/** The shipped configuration with some text replaced; each text has to be there. */
export function configWith(edits: readonly Edit[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-config-'));
  folders.push(folder);
  const config = join(folder, 'config');
  cpSync(shipped, config, { recursive: true });
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(config, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(config, file), text.replace(from, to));
  }
  return config;
}

/** What loading a configuration reports, one line for each mistake; none where it loads. */
export function mistakesOf(config: string): readonly string[] {
  try {
    loadConfig(config, catalog);
    return [];
  } catch (error) {
    if (error instanceof ConfigErrors) return error.message.split('\n').slice(1);
    throw error;
  }
}

/** `line:column` of a text in a shipped file, both from 1: what a message about it has to say. */
export function placeOf(file: string, text: string): string {
  const before = readFileSync(join(shipped, file), 'utf8').split(text)[0]?.split('\n') ?? [];
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** A kind of mistake: what it is, the edit that makes it, the text at whose place it is reported (`text in file` for another file), and a part of the message. */
export type MistakeCase = readonly [string, Edit, string, string];

/** Expects the mistake at its line and column, in its words. */
export function expectMistake([, edit, at, message]: MistakeCase): void {
  const [text = '', file = edit.file] = at.split(' in ');
  const place = `config/${file}:${placeOf(file, text)} `;
  const there = mistakesOf(configWith([edit])).filter((line) => line.startsWith(place));
  expect(there).toContainEqual(expect.stringContaining(message));
}
