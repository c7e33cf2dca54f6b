import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** Passwords of accounts. Only salted hashes are kept. */
export type Passwords = {
  readonly set: (object: number, password: string) => void;
  /** Gives the account a password that nobody knows. */
  readonly setUnknown: (object: number) => void;
  readonly has: (object: number) => boolean;
  readonly matches: (object: number, password: string) => boolean;
  readonly remove: (object: number) => void;
};

/** Opens the passwords. */
export function openPasswords(database: DatabaseSync): Passwords {
  const read = database.prepare('SELECT hash FROM directory_passwords WHERE object = ?');
  const write = database.prepare('INSERT INTO directory_passwords VALUES (?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash');
  const remove = database.prepare('DELETE FROM directory_passwords WHERE object = ?');
  return {
    set: (object, password) => void write.run(object, hashPassword(password, randomBytes(16))),
    // Random bytes in place of a hash: no password has it, and thousands of seeded accounts cost nothing.
    setUnknown: (object) => void write.run(object, randomBytes(48).toString('hex')),
    has: (object) => read.get(object) !== undefined,
    matches: (object, password) => {
      const stored = read.get(object)?.['hash'];
      return typeof stored === 'string' && isSame(stored, hashPassword(password, Buffer.from(stored.slice(0, 32), 'hex')));
    },
    remove: (object) => void remove.run(object),
  };
}

// A small cost: these are passwords of invented people, and a rehearsal sets thousands of them.
function hashPassword(password: string, salt: Buffer): string {
  return salt.toString('hex') + scryptSync(password, salt, 32, { N: 256 }).toString('hex');
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
