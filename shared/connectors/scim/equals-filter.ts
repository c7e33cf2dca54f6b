/** `path eq "value"`, the value written as a JSON string, whatever quotes and backslashes are in it (RFC 7644 section 3.4.2.2). Not yet percent-encoded. */
export function equalsFilter(path: string, value: string): string {
  return `${path} eq ${JSON.stringify(value)}`;
}
