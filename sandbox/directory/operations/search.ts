import { adError } from '../ad-error.ts';
import { domain } from '../domain.ts';
import { hasControl, pagingAnswer, readPaging, type Paging } from '../protocol/controls.ts';
import type { SearchRequest } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { checkBound } from '../rules/rights.ts';
import { isDeleted } from '../store/deleted-objects.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import { compileFilter, type CompiledFilter } from './compile-filter.ts';
import { locate } from './locate.ts';
import { rootDse } from './root-dse.ts';
import { selectAttributes } from './select-attributes.ts';
import type { OperationContext } from './session.ts';

// MaxPageSize, the default of Active Directory's LDAP policies: no answer holds more entries.
const largestPage = 1000;
const sizeLimitExceeded = 4;

/** Finds objects (RFC 4511 4.5). Oldest first; more than 1,000 come only in pages (RFC 2696), otherwise the answer ends with result 4. A subtree search from
 * the root of the domain also names the other parts of the forest, unless the domain scope control is sent. */
export function search(context: OperationContext, request: SearchRequest): Answer {
  const { store, session, controls } = context;
  if (request.base === '' && request.scope === 0)
    return { result: { code: 0 }, entries: [rootDse(store, context.controller, request.attributes)] };
  checkBound(session.principal);
  const paging = readPaging(controls);
  const base = locate(store, request.base, hasControl(controls, 'showDeleted'));
  const references = request.scope === 2 && base.dn === domain.dn && !hasControl(controls, 'domainScope') ? otherParts : [];
  if (paging?.size === 0 && paging.cookie.length > 0) return { result: { code: 0 }, controls: [pagingAnswer(Buffer.alloc(0))] };
  const after = paging === undefined ? 0 : readCookie(paging.cookie);
  const limit = Math.min(...[largestPage, request.sizeLimit, paging?.size ?? 0].filter((size) => size > 0));
  const found = findMatches(context, request, { base, after, limit });
  return answerPage(context, request, { found, limit, paging, references });
}

const otherParts = [
  `ldap://ForestDnsZones.${domain.dnsName}/DC=ForestDnsZones,${domain.dn}`,
  `ldap://DomainDnsZones.${domain.dnsName}/DC=DomainDnsZones,${domain.dn}`,
  `ldap://${domain.dnsName}/CN=Configuration,${domain.dn}`,
];

// One more than `limit` is found where there are more.
type Matches = {
  readonly found: readonly DirectoryObject[];
  readonly limit: number;
  readonly paging: Paging | undefined;
  readonly references: readonly string[];
};

function answerPage(context: OperationContext, request: SearchRequest, matches: Matches): Answer {
  const { found, limit, paging, references } = matches;
  const page = found.slice(0, limit);
  const isCut = found.length > page.length;
  const isLimited = isCut && (paging === undefined || (request.sizeLimit > 0 && limit === request.sizeLimit));
  const cookie = isCut && !isLimited ? Buffer.from(`after:${page.at(-1)?.id ?? 0}`) : Buffer.alloc(0);
  return {
    result: isLimited
      ? { code: sizeLimitExceeded, message: '00002023: SvcErr: DSID-031A0765, problem 5009 (SIZE_LIMIT_EXCEEDED), data 0' }
      : { code: 0 },
    entries: page.map(selectAttributes(context.store, request.attributes, request.typesOnly)),
    references: isCut ? [] : references,
    ...(paging === undefined ? {} : { controls: [pagingAnswer(cookie)] }),
  };
}

// The place where a page ended is all there is to remember, so a cursor survives a restart and several may run on one connection.
function readCookie(cookie: Buffer): number {
  if (cookie.length === 0) return 0;
  const [, id] = /^after:(\d+)$/.exec(cookie.toString('latin1')) ?? [];
  if (id === undefined) throw adError('unwilling');
  return Number(id);
}

type Range = { readonly base: DirectoryObject; readonly after: number; readonly limit: number };

function findMatches(context: OperationContext, request: SearchRequest, range: Range): readonly DirectoryObject[] {
  const filter = compileFilter(context.store, request.filter);
  const seesDeleted = hasControl(context.controls, 'showDeleted');
  const found: DirectoryObject[] = [];
  for (const object of inScope(context, request, range, filter)) {
    if (object.id > range.after && (seesDeleted || !isDeleted(object)) && filter.test(object) === true) found.push(object);
    if (found.length > range.limit) break;
  }
  return found;
}

function inScope(context: OperationContext, request: SearchRequest, range: Range, filter: CompiledFilter): Iterable<DirectoryObject> {
  const { objects } = context.store;
  const { base, after } = range;
  if (request.scope === 0) return [base];
  if (filter.candidates === undefined) return request.scope === 1 ? objects.children(base.id) : objects.subtree(base.path, after);
  const candidates = filter.candidates.flatMap((id) => objects.byId(id) ?? []);
  return candidates.filter((object) => (request.scope === 1 ? object.parent === base.id : object.path.startsWith(base.path)));
}
