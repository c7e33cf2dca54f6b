/** Resolves when the work has ended, at most after `limitMs` milliseconds. Throws what the work throws before that. */
export async function within(work: Promise<unknown>, limitMs: number): Promise<void> {
  let handle: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (handle = setTimeout(resolve, limitMs)));
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(handle);
  }
}
