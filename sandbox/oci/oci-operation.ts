import type { WireAnswer } from '../foundation/wire.ts';
import type { World } from '../foundation/world.ts';

/** What an operation needs of a request. */
export type OciRequest = {
  readonly id: string;
  readonly query: (name: string) => string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
};

/** One operation of the identity domain's API below `/admin/v1`. `work` throws a ScimError for what it refuses. */
export type OciOperation = {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly route: string;
  /** The group of calls that it is counted in; `other` where it does not say. */
  readonly rate?: 'authentication';
  readonly work: (world: World, request: OciRequest) => WireAnswer;
};
