import { defineConfig } from 'vitest/config';
import { findSystemPackages } from './scripts/system-packages.ts';

// Two workers, because the suite is sized for two cores; a process each, because some tests stop and kill what they start. All files of a worker share
// what they import: no test may change a setting or a module for others.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/graph-calls.ts'],
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    env: findSystemPackages(),
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 150_000,
    hookTimeout: 240_000,
  },
});
