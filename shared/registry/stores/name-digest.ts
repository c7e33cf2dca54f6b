import { type RawBuilder, sql } from 'kysely';

/**
 * What stands for a name that an erased person bore: a digest with the registry's own salt, which the database computes. Null while nobody has been erased. Whoever can read the registry can still try
 * names out one by one; nobody can read them off.
 */
export function nameDigest(scope: RawBuilder<string>, folded: RawBuilder<string>): RawBuilder<string | null> {
  return sql<
    string | null
  >`(select 'erased:' || encode(sha256(convert_to(salt || chr(10) || ${scope} || chr(10) || ${folded}, 'UTF8')), 'hex') from erasure_salt)`;
}
