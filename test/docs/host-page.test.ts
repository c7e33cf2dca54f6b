import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { managementUrls } from '../../host/durable/client-urls.ts';
import { ACTION } from '../../host/durable/orchestrator-action.ts';
import { ROUTE_CONSTRAINTS } from '../../host/http/routing/route-constraint.ts';
import { messageOf } from '../../host/message-of.ts';
import { readOptions } from '../../host/read-options.ts';
import { HOST_JSON_SETTINGS } from '../../host/settings/read-host-settings.ts';
import { BINDING_TYPES, TRIGGER_TYPES } from '../../host/worker/require-supported.ts';

const page = readFileSync('docs/host.md', 'utf8');

/** The text of a section, up to the next heading. */
function section(heading: string): string {
  const [, rest] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  if (rest === undefined) throw new Error(`docs/host.md has no section "${heading}".`);
  return rest.split(/^#/m)[0] ?? '';
}

/** What stands in code marks at the beginning of each row of the section's table. */
function rows(heading: string): readonly string[] {
  return [...section(heading).matchAll(/^\| `([^`]+)`/gm)].map(([, first = '']) => first).toSorted();
}

/** What the host answers where it is called wrongly: the words on how to call it. */
function usage(): string {
  try {
    readOptions([], {});
    return '';
  } catch (error) {
    return messageOf(error);
  }
}

function sources(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

describe('docs/host.md', () => {
  it('lists the options of the command line, and no others', () => {
    expect(rows('Command line')).toEqual((usage().match(/--[a-z-]+/g) ?? []).toSorted());
    for (const option of rows('Command line')) expect(section('Any app')).toContain(`[${option} `);
  });

  it('lists the settings of host.json that are read, and no others', () => {
    expect(rows('host\\.json')).toEqual(HOST_JSON_SETTINGS.toSorted());
  });

  it('lists the triggers and bindings that are offered, and no others', () => {
    const listed = rows('Triggers and bindings').map((type) => type.toLowerCase());
    expect(listed.toSorted()).toEqual([...TRIGGER_TYPES, ...BINDING_TYPES.keys()].toSorted());
  });

  it('lists the constraints of routes', () => {
    const [line = ''] = /^- \*\*Constraints\*\*.*$/m.exec(section('HTTP')) ?? [];
    const named = [...line.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(ROUTE_CONSTRAINTS.toSorted());
  });

  it('lists the actions of orchestrators, and no others', () => {
    expect(rows('Actions')).toEqual(Object.keys(ACTION).toSorted());
  });

  it('lists the requests of the durable API: every address that is given out, and none whose words the code does not have', () => {
    const paths = rows('Management API').map((row) => row.replace(/^[A-Z]+ /, ''));
    const urls = managementUrls({ url: 'http://h', hubName: 'h', key: 'k', rpcSecret: 's' }, '{id}');
    const given = Object.entries(urls).filter(([name]) => name !== 'id');
    const missing = given.map(([, url]) => url.replace(/^.*durabletask\/|\?.*$/g, '')).filter((path) => !paths.includes(path));
    expect(missing).toEqual([]);
    const code = sources('host/durable').toLowerCase();
    const words = paths.flatMap((path) => path.split('/')).filter((word) => !word.startsWith('{'));
    expect(words.filter((word) => !code.includes(`'${word.toLowerCase()}'`))).toEqual([]);
  });

  it('lists the management operations of Service Bus, and no others', () => {
    const operations = [...sources('host/servicebus/management').matchAll(/\['(com\.microsoft:[a-z-]+)', \w+\]/g)];
    expect(rows('Management operations')).toEqual(operations.map(([, name = '']) => name).toSorted());
  });
});
