import type { Act, Attributes, Change, Create, Effect } from '../../../shared/domain/change.ts';
import { creating, deleting } from '../../contracts/changes.ts';
import { accountSamples } from '../../contracts/account-samples.ts';
import { idOf, required } from '../../contracts/expected.ts';
import { perform } from '../../gate/apply.ts';
import type { GateWorld } from '../../gate/gate-world.ts';
import { aRun, aWorker, hire } from '../../gate/people.ts';

export type Kind = 'entra' | 'ad' | 'oci' | 'scim';
/** Those into which the sample company's workflows bring people. */
export type KindWithPeople = Exclude<Kind, 'scim'>;

const targets = { entra: 'entra:contoso', ad: 'ad:contoso', oci: 'oci:contoso', scim: 'scim:app' } as const;
export type Someone = { readonly person: string; readonly account: string; readonly workerId: string };

const cause = { reference: 'test', message: 'a test' };
const signal = () => AbortSignal.timeout(20_000);

/** Somebody new with an account. */
export async function someone(world: GateWorld, kind: KindWithPeople): Promise<Someone> {
  const worker = aWorker({ workerType: kind === 'ad' ? 'employee' : 'contractor' });
  const person = await hire(world, worker);
  const result = await perform(world, await aRun(world, person), 'create-account', { target: targets[kind] });
  if (result.state !== 'done') throw new Error(`no account: ${result.summary}`);
  return { person, account: required((await world.deps.registry.stores.links.of(person))[0]).nativeId, workerId: worker.workerId };
}

let made = 0;

/** What a new account of the target is to be, each another. */
function sampleOf(kind: Kind): Attributes {
  made += 1;
  return required(accountSamples.find(({ target }) => target === kind)).account(70_000 + made);
}

/** An account that is to be made for the person. */
export function createOf(kind: Kind, person: string): Create {
  const target = targets[kind];
  const aim = { target, person, kind: 'account', object: { accountIn: target }, effect: 'create', cause } as const;
  return { ...aim, as: 'reach', do: 'create', after: sampleOf(kind), names: [] };
}

/** An account that nobody is linked to; deleted again where `isDeleted`. */
export async function anAccount(world: GateWorld, kind: Kind, isDeleted = false): Promise<string> {
  const writer = required(world.gate.target(targets[kind]).writes.accounts);
  const id = idOf(await writer.create(creating(sampleOf(kind)), signal()));
  if (isDeleted) await writer.delete(deleting(id), signal());
  return id;
}

const aim = (kind: Kind, { person, account }: Pick<Someone, 'person' | 'account'>, effect: Effect) =>
  ({ target: targets[kind], person, kind: 'account', object: { id: account }, effect, cause }) as const;

/** Attributes that are to have other values. */
export function updateOf(kind: Kind, who: Pick<Someone, 'person' | 'account'>, after: Attributes, effect: Effect = 'attribute'): Change {
  return { ...aim(kind, who, effect), as: 'reach', do: 'update', before: {}, after };
}

/** An account that is to go. */
export function deleteOf(kind: Kind, who: Pick<Someone, 'person' | 'account'>): Change {
  return { ...aim(kind, who, 'destroy'), as: 'reach', do: 'delete', before: {} };
}

/** A deleted account that is to come back. */
export function restoreOf(kind: Kind, who: Pick<Someone, 'person' | 'account'>): Change {
  return { ...aim(kind, who, 'enable'), as: 'reach', do: 'restore' };
}

const kinds = {
  member: 'group',
  licence: 'licence',
  'app-role': 'app-role',
  pass: 'pass',
  method: 'method',
  credential: 'credential',
} as const;

/** An edge to something else that is to be there. */
export function linkOf(
  kind: Kind,
  who: Pick<Someone, 'person' | 'account'>,
  relation: 'member' | 'licence' | 'app-role',
  other: string,
): Change {
  return { ...aim(kind, who, 'grant'), kind: kinds[relation], as: 'reach', do: 'link', relation, other: { id: other } };
}

/** An edge that is to go. */
export function unlinkOf(kind: Kind, who: Pick<Someone, 'person' | 'account'>, relation: keyof typeof kinds, other: string): Change {
  return { ...aim(kind, who, 'revoke'), kind: kinds[relation], as: 'reach', do: 'unlink', relation, other: { id: other } };
}

let acts = 0;

/** A revocation of sessions, or a reset of the password. */
export function actOf(kind: Kind, who: Someone, does: 'revoke' | 'reset'): Act {
  acts += 1;
  const of = does === 'reset' ? 'password' : 'sessions';
  const input = does === 'reset' ? { times: 2 } : {};
  return { ...aim(kind, who, 'contain'), kind: of, as: 'act', do: does, key: `${does}/${who.account}/${acts}`, input, ifLost: 'repeat' };
}
