/** Whether two values of a record say the same: absent, null and empty do, and the order of fields says nothing. */
export function sameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value === '' ? null : (value ?? null), (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .filter(([, field]) => field != null && field !== '')
              .sort(([one], [other]) => (one < other ? -1 : 1)),
          )
        : inner,
    ) ?? 'null'
  );
}
