import { z } from 'zod';
import type { Attributes, NameClaim, Plan, Value } from '../domain/change.ts';
import { primaryLink, type Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { chooseNames } from './choose-names.ts';
import { differing } from './differing.ts';
import { missingAccount } from './missing-account.ts';
import { isOffered } from './name-differs.ts';
import { changes, skip } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';

const input = z.strictObject({ target: z.string() });
const lookAgainInMs = 1000;

/**
 * Gives the account the names that the mapping gives now, and keeps the old address as an alias: in AD by `proxyAddresses`; in the cloud Exchange keeps it, which is looked for. A name that still
 * fits stays.
 */
export const renameAccount: Task<z.infer<typeof input>> = {
  id: 'rename-account',
  does: 'gives the account the names that the mapping gives now, and keeps the old address as an alias',
  input,
  async plan({ target }, subject, sight) {
    const link = primaryLink(subject.links, target);
    if (link === undefined) return skip(target, 'account', 'not-applicable', `There is no account in ${target}.`);
    const found = await need(sight, target, 'accounts').byId(link.nativeId, sight.signal);
    if (found === undefined) return missingAccount(link, sight);
    if (found.masteredElsewhere)
      return skip(target, found.id, 'synced-object', 'The directory that masters the account carries its names.');
    return renamed(target, found, subject, sight);
  },
};

async function renamed(target: string, found: FoundAccount, subject: Subject, sight: Sight): Promise<Plan> {
  const names = await newNames(target, found, subject, sight);
  const difference = differing(nameAttributes(target, names, sight), found);
  if (difference === undefined) return keptAlias(target, found, subject, sight);
  const aliases = withAliases(found, difference);
  const aim = { target, person: subject.personId, kind: 'account', object: { id: found.id }, effect: 'attribute' } as const;
  const cause = { reference: 'rename', message: `${subject.displayName} gets names that fit.` };
  const plan = changes([
    {
      ...aim,
      cause,
      as: 'reach',
      do: 'update',
      before: { ...difference.before, ...aliases.before },
      after: { ...difference.after, ...aliases.after },
      names,
    },
  ]);
  if (sight.target(target).kind !== 'entra') return plan;
  return { ...plan, waiting: { lookAgainInMs, reason: 'looking whether the old address stays as an alias' } };
}

/** Each name that the account bears and that still fits stays; the others are chosen anew, earlier ones of the person not preferred. */
async function newNames(target: string, found: FoundAccount, subject: Subject, sight: Sight): Promise<readonly NameClaim[]> {
  const blueprint = sight.blueprint(target);
  const borne = sight.namesBorne(target, found.attributes);
  const claims: NameClaim[] = [];
  for (const wanted of blueprint.names) {
    const kept = borne.find(({ attribute }) => attribute === wanted.attribute);
    if (kept !== undefined && isOffered(wanted, kept)) claims.push({ ...kept, scope: wanted.scope });
    else claims.push(...(await chooseNames([wanted], { ...subject, names: [] }, sight)));
  }
  return claims;
}

/** What the names stand for in the account: each itself, and what is derived from it, such as the address. */
function nameAttributes(target: string, names: readonly NameClaim[], sight: Sight): Attributes {
  const blueprint = sight.blueprint(target);
  const others = blueprint.attributes([]).create;
  return Object.fromEntries(Object.entries(blueprint.attributes(names).create).filter(([name]) => !(name in others)));
}

/** In AD the primary address is the one that begins with `SMTP:`; the rest are aliases (https://learn.microsoft.com/troubleshoot/entra/entra-id/user-prov-sync/proxyaddresses-attribute-populate). */
function withAliases(
  found: FoundAccount,
  { before, after }: { readonly before: Attributes; readonly after: Attributes },
): { readonly before: Attributes; readonly after: Attributes } {
  const [old, next] = [before['mail'], after['mail']];
  const seen = found.attributes['proxyAddresses'];
  if (!isList(seen) || typeof old !== 'string' || typeof next !== 'string') return { before: {}, after: {} };
  const isSmtp = (address: string) => /^smtp:/i.test(address);
  const bare = (address: string) => address.slice('smtp:'.length).toLowerCase();
  const aliases = new Set([old.toLowerCase(), ...seen.filter(isSmtp).map(bare)].filter((address) => address !== next.toLowerCase()));
  const proxyAddresses = [`SMTP:${next}`, ...[...aliases].map((address) => `smtp:${address}`), ...seen.filter((one) => !isSmtp(one))];
  return { before: { proxyAddresses: seen }, after: { proxyAddresses } };
}

/** In the cloud the old address is kept by Exchange where there is a mailbox; without one it is nobody's. */
async function keptAlias(target: string, found: FoundAccount, subject: Subject, sight: Sight): Promise<Plan> {
  const current = found.attributes['userPrincipalName'];
  if (sight.target(target).kind !== 'entra' || typeof current !== 'string') return changes([]);
  const old = subject.names.filter(({ scope, value }) => isAddress(target, scope, sight) && value.toLowerCase() !== current.toLowerCase());
  for (const { value } of old) {
    const holders = await need(sight, target, 'accounts').holdersOf('userPrincipalName', value, sight.signal);
    if (holders.includes(found.id)) continue;
    return skip(target, found.id, 'moved-on', `The old address ${value} is no alias in ${target}: mail to it is not delivered.`);
  }
  return changes([]);
}

function isAddress(target: string, scope: string, sight: Sight): boolean {
  return sight.blueprint(target).names.some((name) => name.attribute === 'userPrincipalName' && name.scope === scope);
}

function isList(value: Value | undefined): value is readonly string[] {
  return Array.isArray(value);
}
