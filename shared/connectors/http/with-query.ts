/** A path with query options, each value percent-encoded. Names are written as they are, since OData's begin with `$`. */
export function withQuery(path: string, options: Readonly<Record<string, string>>): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}
