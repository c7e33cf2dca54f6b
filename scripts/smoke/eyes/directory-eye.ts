import { readFileSync } from 'node:fs';
import { Client, EqualityFilter, type Entry, type Filter } from 'ldapts';
import type { Eye } from './eye.ts';

/** Where a directory is, and who looks into it. `url` is `ldaps://`. */
export type DirectoryPlace = {
  readonly url: string;
  readonly base: string;
  readonly user: string;
  readonly password: string;
  readonly caFile?: string;
};

const accountDisabled = 2;
/** Windows counts tenths of a microsecond from 1601 ([MS-DTYP] 2.3.3). */
const untilUnixEpochMs = 11_644_473_600_000;

/** Looks into a directory over LDAPS, with an account that may read. */
export function directoryEye(place: DirectoryPlace): Eye {
  const search = (base: string, scope: 'sub' | 'base', filter?: Filter): Promise<readonly Entry[]> =>
    searchOnce(place, base, scope, filter);
  return {
    kind: 'ad',
    whose: () => Promise.resolve(place.base),
    find: async (workerId) => {
      const filter = new EqualityFilter({ attribute: 'employeeID', value: workerId });
      return (await search(place.base, 'sub', filter)).map((entry) => guidOf(entry));
    },
    async look(id) {
      const [entry] = await search(place.base, 'sub', new EqualityFilter({ attribute: 'objectGUID', value: guidBytes(id) }));
      if (entry === undefined) return undefined;
      const groups = await Promise.all(
        texts(entry['memberOf']).map(async (dn) => (await search(dn, 'base')).map((group) => guidOf(group))),
      );
      return {
        enabled: (Number(text(entry['userAccountControl'])) & accountDisabled) === 0,
        attributes: Object.fromEntries(Object.keys(entry).map((name) => [name, text(entry[name])])),
        groups: groups.flat(),
        licences: [],
        ways: [],
        sessionsFrom: undefined,
        passwordSetAt: Number(text(entry['pwdLastSet'])) / 10_000 - untilUnixEpochMs,
      };
    },
  };
}

async function searchOnce(place: DirectoryPlace, base: string, scope: 'sub' | 'base', filter?: Filter): Promise<readonly Entry[]> {
  const ca = place.caFile === undefined ? {} : { ca: [readFileSync(place.caFile)] };
  const client = new Client({ url: place.url, timeout: 30_000, connectTimeout: 10_000, tlsOptions: ca });
  try {
    await client.bind(place.user, place.password);
    const options = { scope, attributes: ['*'], explicitBufferAttributes: ['objectGUID'], ...(filter === undefined ? {} : { filter }) };
    return (await client.search(base, options)).searchEntries;
  } finally {
    await client.unbind();
  }
}

function texts(value: Entry[string] | undefined): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
}

function text(value: Entry[string] | undefined): string | undefined {
  return texts(value)[0];
}

/** The first three parts of a GUID are kept little-endian ([MS-DTYP] 2.3.4.2). */
function guidOf(entry: Entry): string {
  const [bytes] = [entry['objectGUID']].flat();
  if (!Buffer.isBuffer(bytes)) throw new Error(`${entry.dn} has no objectGUID that could be read.`);
  const hex = swapped(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function guidBytes(id: string): Buffer {
  return swapped(Buffer.from(id.replaceAll('-', ''), 'hex'));
}

function swapped(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)].map((part) => Buffer.from(part).reverse());
  return Buffer.concat([...parts, bytes.subarray(8)]);
}
