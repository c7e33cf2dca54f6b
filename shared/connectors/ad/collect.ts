/** Everything that comes, as a list. */
export async function collect<T>(from: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of from) items.push(item);
  return items;
}
