import { GraphFailure, badRequest } from '../http/graph-failure.ts';

/** What a round of delta tracks: set by its first request, and carried by the tokens ever after. */
export type DeltaScope = {
  /** The properties of `$select`; undefined for the default ones. */
  readonly select: readonly string[] | undefined;
  /** The ids of `$filter`; undefined for all objects. */
  readonly ids: readonly string[] | undefined;
};

/** Where a client stands. A finished round has a `since` alone; a page of an unfinished one an `until` and a position too. */
export type DeltaToken = DeltaScope & {
  readonly kind: 'user' | 'group';
  /** Counts the full resyncs that were demanded: tokens from before are gone. */
  readonly epoch: number;
  /** Milliseconds of the world's time. */
  readonly issuedAt: number;
  /** The change up to which the client knows everything; undefined in a round that lists all objects. */
  readonly since: number | undefined;
  /** The change up to which this round tells; undefined in a `$deltatoken`. */
  readonly until: number | undefined;
  /** After which object (by id, or by its latest change) the page begins; undefined in a `$deltatoken`. */
  readonly after: string | undefined;
};

/** Writes a token, opaque to clients. */
export function writeToken(token: DeltaToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Reads a token of this kind of object. Throws 400 when it is none. */
export function readToken(text: string, kind: DeltaToken['kind']): DeltaToken {
  try {
    // Written by writeToken; whoever makes one up gets what they deserve.
    const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as DeltaToken;
    if (token.kind === kind) return token;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest('Badly formed token.');
}

/** 400 `syncStateNotFound`: the token is older than the service remembers (https://learn.microsoft.com/graph/delta-query-overview#token-duration). */
export function syncStateNotFound(): GraphFailure {
  return new GraphFailure(
    400,
    'syncStateNotFound',
    'The sync state generation is not found; the token has expired. Start again without one.',
  );
}
