const coreSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
const oracleSchema = 'urn:ietf:params:scim:api:oracle:idcs:extension:messages:Error';

/** What an identity domain answers to a request that it refuses. */
export type ScimProblem = {
  readonly status: number;
  readonly messageId: string;
  readonly detail: string;
  /** RFC 7644 section 3.12. */
  readonly scimType?: string;
};

/** Thrown wherever a request turns out to be one to refuse; ends as an error answer. */
export class ScimError extends Error {
  readonly problem: ScimProblem;

  constructor(problem: ScimProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A 400 with the given message id. Ids that begin with `error.sandbox` stand where Oracle's own are not known. */
export function badRequest(messageId: string, detail: string, scimType = 'invalidValue'): ScimError {
  return new ScimError({ status: 400, messageId, detail, scimType });
}

/** The error body of an identity domain
 * (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/api-get-started.htm): SCIM's, with Oracle's extension that carries the message id. */
export function errorBody(problem: ScimProblem): Readonly<Record<string, unknown>> {
  const { status, messageId, detail, scimType } = problem;
  return {
    schemas: [coreSchema, oracleSchema],
    detail,
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    [oracleSchema]: { messageId },
  };
}
