/** One entry of an error's `details`. */
export type FailureDetail = { readonly code: string; readonly target: string; readonly message?: string };

/** A refusal that is answered in Graph's error format, `{error: {code, message, details?, innerError}}` (https://learn.microsoft.com/graph/errors). */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly FailureDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { readonly details?: readonly FailureDetail[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'GraphFailure';
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }
}

/** 400 `Request_BadRequest`, the code that Entra ID uses for most refused requests. */
export function badRequest(message: string, details: readonly FailureDetail[] = []): GraphFailure {
  return new GraphFailure(400, 'Request_BadRequest', message, { details });
}

/** 404 as directory objects answer it; `name` is the object that is missing as Graph names it: a resource's id, or `manager`. */
export function notFound(name: string): GraphFailure {
  return new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 403 as Entra ID answers an application that lacks the right. */
export function denied(): GraphFailure {
  return new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** 400 for a value that another object holds (msgraph-sdk-dotnet issue 1508). */
export function conflict(property: string): GraphFailure {
  return badRequest(`Another object with the same value for property ${property} already exists.`, [
    { code: 'ObjectConflict', target: property },
  ]);
}

/** 400 for a write to what the on-premises directory masters. */
export function mastered(): GraphFailure {
  return badRequest(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  );
}
