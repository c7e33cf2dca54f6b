import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../shared/config/load-config.ts';
import { mostAtOnce } from '../../shared/operations/start-runs.ts';
import { leavesOf } from '../../shared/operations/leaves-of.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

const root = resolve(import.meta.dirname, '../..');
const host = z.object({ extensions: z.object({ durableTask: z.object({ maxConcurrentActivityFunctions: z.number() }) }) });

describe('the places for activities in host.json', () => {
  it('are more than all steps of other runs can take at once, so that containment always finds one', () => {
    const { extensions } = host.parse(JSON.parse(readFileSync(resolve(root, 'host.json'), 'utf8')));
    const { workflows } = loadConfig(resolve(root, 'config'), catalog);
    const widest = Math.max(...workflows.flatMap(({ definition }) => definition.steps.map((step) => leavesOf(step).length)));
    expect(widest).toBeGreaterThan(1);
    expect(extensions.durableTask.maxConcurrentActivityFunctions).toBeGreaterThan(mostAtOnce * widest);
  });
});
