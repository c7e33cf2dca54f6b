type Sortable = { readonly sort: Readonly<Record<string, unknown>> };

/** Items in the order of a `$orderby` of one property, `asc` or `desc`; text without regard to letter case. */
export function orderBy<T extends Sortable>(items: readonly T[], order: string): readonly T[] {
  const [property = '', direction = 'asc'] = order.trim().split(/\s+/);
  const sorted = items.toSorted((left, right) => compareText(keyOf(left, property), keyOf(right, property)));
  return direction === 'desc' ? sorted.reverse() : sorted;
}

/** Compares by code units, as ids and ISO times want it. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function keyOf(item: Sortable, property: string): string {
  const value = item.sort[property];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).toLowerCase() : '';
}
