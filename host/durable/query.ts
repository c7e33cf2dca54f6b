// `OrchestrationRuntimeStatus` of the extension; an instance of this host is never `Canceled` or `ContinuedAsNew`.
const STATUSES: ReadonlySet<string> = new Set([
  'Pending',
  'Running',
  'Suspended',
  'Completed',
  'Failed',
  'Terminated',
  'Canceled',
  'ContinuedAsNew',
]);
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The query of a request to the durable HTTP API, read as the extension reads it (`HttpApiHandler.cs`): names in any
 * case, repeated ones joined by commas, a value that cannot be understood as if it were not there.
 */
export class Query {
  readonly #values = new Map<string, string>();

  constructor(url: URL) {
    for (const [name, value] of url.searchParams) {
      const key = name.toLowerCase();
      const before = this.#values.get(key);
      this.#values.set(key, before === undefined ? value : `${before},${value}`);
    }
  }

  text(name: string): string | undefined {
    return this.#values.get(name.toLowerCase());
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)?.trim().toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  /** A whole number above zero. */
  count(name: string): number | undefined {
    const text = this.text(name)?.trim() ?? '';
    return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
  }

  /** A number of seconds, in milliseconds. */
  seconds(name: string): number | undefined {
    const text = this.text(name)?.trim();
    const value = text ? Number(text) * 1000 : NaN;
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  }

  /** A time in milliseconds since 1970; one without a zone is UTC. */
  time(name: string): number | undefined {
    const text = this.text(name)?.trim().replace(' ', 'T') ?? '';
    const at = Date.parse(text.includes('T') && !HAS_ZONE.test(text) ? `${text}Z` : text);
    return Number.isNaN(at) ? undefined : at;
  }

  /** The states named, letter for letter; `undefined` where none of them is a state, which is no filter. */
  statuses(name: string): readonly string[] | undefined {
    const names = this.text(name)?.split(',') ?? [];
    const known = names.map((status) => status.trim()).filter((status) => STATUSES.has(status));
    return known.length > 0 ? known : undefined;
  }
}
