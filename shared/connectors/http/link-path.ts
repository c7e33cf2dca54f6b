import { GatehouseError } from '../../errors.ts';
import type { Api } from './api.ts';

/**
 * The path of a link that Graph gave, such as a next link (https://learn.microsoft.com/graph/paging). It is followed only to the same service, for the token must not
 * go elsewhere: else throws `target-answer-invalid`.
 */
export function linkPath(api: Api, link: string): string {
  // The client library takes apart only https links, and adds the version itself.
  const root = `${api.baseUrl}/v1.0`;
  if (link.startsWith(`${root}/`)) return link.slice(root.length);
  throw new GatehouseError('target-answer-invalid', `${api.system} sent a link that is not at ${root}.`);
}
