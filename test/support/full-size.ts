import process from 'node:process';

/** Whether this is `npm test -- --full`. */
export const isFullSize = process.env['GATEHOUSE_TEST_FULL'] !== undefined;

/**
 * How much of something a test does: `usual` shows that it holds, in as little time as that takes; `full` is how much it takes to meet what is rare, for
 * `npm test -- --full`, which is for the time before a release.
 */
export function sized<T>(usual: T, full: T): T {
  return isFullSize ? full : usual;
}
