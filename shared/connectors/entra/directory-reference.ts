/**
 * The address of a directory object for `$ref` and `@odata.bind`. Graph wants its own public name there, whatever address it was called at
 * (https://learn.microsoft.com/graph/api/group-post-members).
 */
export function directoryReference(baseUrl: string, id: string): string {
  return `${publicRoot(baseUrl)}/directoryObjects/${encodeURIComponent(id)}`;
}

/** The address of a user, as Teams wants it (https://learn.microsoft.com/graph/api/team-post-members). */
export function userReference(baseUrl: string, id: string): string {
  return `${publicRoot(baseUrl)}/users('${encodeURIComponent(id)}')`;
}

function publicRoot(baseUrl: string): string {
  const isPublic = /^https:\/\/graph\.microsoft\.(com|us)$/.test(baseUrl);
  return `${isPublic ? baseUrl : 'https://graph.microsoft.com'}/v1.0`;
}
