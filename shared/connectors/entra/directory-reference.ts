/**
 * The address of a directory object for `$ref` and `@odata.bind`. Graph wants its own public name there, whatever address it was called at
 * (https://learn.microsoft.com/graph/api/group-post-members).
 */
export function directoryReference(baseUrl: string, id: string): string {
  const isPublic = /^https:\/\/graph\.microsoft\.(com|us)$/.test(baseUrl);
  return `${isPublic ? baseUrl : 'https://graph.microsoft.com'}/v1.0/directoryObjects/${encodeURIComponent(id)}`;
}
