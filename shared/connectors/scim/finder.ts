import { GatehouseError } from '../../errors.ts';
import type { Api } from '../http/api.ts';
import { equalsFilter } from './equals-filter.ts';
import { listResources, type Listing, type Resource } from './list-resources.ts';

/** What to look for: resources of a listing that hold `value` at `path`, as `holds` tells; `valueOf` is what a resource holds there. `spellings` are other ways to write it that mean the same. */
export type Sought = {
  readonly listing: Listing;
  readonly path: string;
  readonly value: string;
  readonly spellings?: readonly string[];
  readonly holds: (resource: Resource, value: string) => boolean;
  readonly valueOf: (resource: Resource) => string | undefined;
};

/** Finds resources by a value. */
export type Finder = (sought: Sought, signal: AbortSignal) => Promise<readonly Resource[]>;

/**
 * Finds by filter, where that can be trusted. A match decides whose account it is, so what a filter gives is compared again, and that it gives nothing counts only once it was seen to find somebody by the same attribute, and for a value
 * without quotes and the like: servers are known to answer a filter that they do not understand with an empty list. Where a filter cannot be trusted, or is refused, all are read and compared here.
 */
export function createFinder(api: Api, hasFilters: () => Promise<boolean>): Finder {
  const trusted = new Map<string, boolean>();
  const byFilter = async (sought: Sought, signal: AbortSignal): Promise<readonly Resource[] | 'refused'> => {
    const found = new Map<string, Resource>();
    try {
      for await (const one of filtered(api, sought, signal)) if (sought.holds(one, sought.value)) found.set(one.id, one);
      return [...found.values()];
    } catch (error) {
      // The server filters, but not by this attribute or not for this value (RFC 7644 section 3.12, `invalidFilter`).
      if (error instanceof GatehouseError && error.code === 'target-refused') return 'refused';
      throw error;
    }
  };
  const isTrusted = async (sought: Sought, signal: AbortSignal): Promise<boolean> => {
    const known = trusted.get(keyOf(sought));
    if (known !== undefined) return known;
    for await (const example of listResources(api, sought.listing, signal)) {
      const value = sought.valueOf(example);
      if (value === undefined || !isPlain.test(value)) continue;
      const found = await byFilter({ ...sought, value, spellings: [] }, signal);
      const isFound = found !== 'refused' && found.some(({ id }) => id === example.id);
      trusted.set(keyOf(sought), isFound);
      return isFound;
    }
    // Nobody has a value there that could be asked for.
    return true;
  };
  return async (sought, signal) => {
    if ((await hasFilters()) && trusted.get(keyOf(sought)) !== false) {
      const found = await byFilter(sought, signal);
      if (found !== 'refused' && found.length > 0) trusted.set(keyOf(sought), true);
      if (found !== 'refused' && (found.length > 0 || (isPlain.test(sought.value) && (await isTrusted(sought, signal))))) return found;
    }
    const all: Resource[] = [];
    for await (const one of listResources(api, sought.listing, signal)) if (sought.holds(one, sought.value)) all.push(one);
    return all;
  };
}

const isPlain = /^[\p{L}\p{N} .,_@'+-]*$/u;

async function* filtered(api: Api, { listing, path, value, spellings = [] }: Sought, signal: AbortSignal): AsyncGenerator<Resource> {
  for (const spelling of new Set([value, ...spellings])) {
    const options = { ...listing.options, filter: equalsFilter(path, spelling) };
    yield* listResources(api, { ...listing, options }, signal);
  }
}

function keyOf({ listing, path }: Sought): string {
  return `${listing.path} ${path}`;
}
