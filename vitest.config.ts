import { defineConfig } from 'vitest/config';
import { findSystemPackages } from './scripts/system-packages.ts';

// Two workers, because the suite is sized for two cores; a process each, because some tests stop and kill what they start.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    env: findSystemPackages(),
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
