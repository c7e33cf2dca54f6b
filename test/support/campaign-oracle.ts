import type { Hire } from './campaign-hires.ts';
import type { WorldState } from './campaign-state.ts';
import { judgeMails } from './campaign-mails.ts';

type EntraUser = WorldState['graph']['users'][number];
type AdObject = WorldState['directory'][number];
type OciUser = WorldState['oci'][number];

const disabledFlag = 2;
const passType = '#microsoft.graph.temporaryAccessPassAuthenticationMethod';

/**
 * Everything that is not as it has to be after the hires, in words, by what the simulated systems hold and by nothing that the product says. `unknown` are the
 * worker ids of those whose run says that it does not know: their pass and mails may be missing, never double. `before` is the state before the first hire.
 */
export function judge(before: WorldState, after: WorldState, hires: readonly Hire[], unknown: ReadonlySet<string>): readonly string[] {
  return [
    ...hires.flatMap((hire) =>
      judgeHire(after, hire, unknown.has(hire.workerId)).map((finding) => `${hire.workerId} ${hire.displayName}: ${finding}`),
    ),
    ...judgeNumbers(before, after, hires),
    ...judgeNames(after),
    ...judgeMails(after, hires, unknown),
  ];
}

function judgeHire(state: WorldState, hire: Hire, isUnknown: boolean): readonly string[] {
  const entra = state.graph.users.filter((user) => user.employeeId === hire.workerId);
  const oci = state.oci.filter((user) => user.employeeNumber === hire.workerId);
  const ad = state.directory.filter((object) => object.employeeID === hire.workerId);
  const [user] = entra;
  return [
    ...count('AD', ad.length, hire.isEmployee ? 1 : 0),
    ...count('Entra', entra.length, 1),
    ...count('OCI', oci.length, 1),
    ...ad.flatMap((object) => judgeAd(state, hire, object)),
    ...entra.flatMap((found) => judgeEntra(state, hire, found, isUnknown)),
    ...oci.flatMap((found) => judgeOci(state, hire, found)),
    ...judgeHr(state, hire, user),
  ];
}

function count(system: string, found: number, wanted: number): readonly string[] {
  return found === wanted ? [] : [`${found} accounts in ${system} where there must be ${wanted}`];
}

function judgeAd(state: WorldState, { expected, managerId }: Hire, object: AdObject): readonly string[] {
  const groups = (object.memberOf ?? []).map((dn) => /^CN=([^,]+)/.exec(dn)?.[1] ?? dn);
  const manager = state.directory.find((other) => other.employeeID === managerId);
  return [
    ...same('AD groups', groups, expected.adGroups),
    ...((Number(object.userAccountControl) & disabledFlag) === 0 ? [] : ['disabled in AD']),
    ...(object.manager === manager?.dn ? [] : [`the manager in AD is ${object.manager ?? 'nobody'}`]),
  ];
}

function judgeEntra(state: WorldState, { expected, isEmployee, managerId }: Hire, user: EntraUser, isUnknown: boolean): readonly string[] {
  const usable = user.methods.filter((method) => method['@odata.type'] === passType && method.isUsable === true).length;
  const manager = state.graph.users.find((other) => other.employeeId === managerId);
  const isRightNumber = usable === 1 || (usable === 0 && isUnknown);
  return [
    ...same('Entra groups', user.groups, expected.entraGroups),
    ...same(
      'licences',
      user.assignedLicenses.map(({ skuId }) => skuId),
      [expected.skuId],
    ),
    ...(user.accountEnabled === true && !user.deleted ? [] : ['disabled or deleted in Entra']),
    ...((user.onPremisesSyncEnabled === true) === isEmployee ? [] : ['mastered in the wrong directory']),
    ...(isRightNumber ? [] : [`${usable} usable passes`]),
    ...(user.manager === manager?.id ? [] : [`the manager in Entra is ${user.manager ?? 'nobody'}`]),
  ];
}

function judgeOci(state: WorldState, { expected, managerId }: Hire, user: OciUser): readonly string[] {
  const manager = state.oci.find((other) => other.employeeNumber === managerId);
  return [
    ...same('OCI groups', user.groups, expected.ociGroups),
    ...(user.active ? [] : ['not active in OCI']),
    ...(user.managerId === manager?.id ? [] : [`the manager in OCI is ${user.managerId ?? 'nobody'}`]),
  ];
}

function judgeHr({ hr, oci, directory }: WorldState, { workerId, isEmployee }: Hire, user: EntraUser | undefined): readonly string[] {
  const contact = hr.workContacts.find((one) => one.workerId === workerId);
  const names = [
    contact?.userPrincipalName,
    oci.find((one) => one.employeeNumber === workerId)?.userName,
    ...(isEmployee ? [directory.find((one) => one.employeeID === workerId)?.userPrincipalName ?? undefined] : []),
  ];
  const others = names.filter((name) => name?.toLowerCase() !== user?.userPrincipalName.toLowerCase());
  if (contact === undefined) return ['HR does not know the address'];
  return others.length === 0 && contact.email === user?.mail
    ? []
    : [`the address differs: Entra ${user?.userPrincipalName ?? '-'}, ${names.join(', ')}, HR mail ${contact.email}`];
}

function same(what: string, found: readonly string[], wanted: readonly string[]): readonly string[] {
  const [one, other] = [found, wanted].map((list) => list.toSorted().join(', '));
  return one === other ? [] : [`${what} are ${one || 'none'}, must be ${other || 'none'}`];
}

/** No account but those of the hires was made, and none was made and deleted again. */
function judgeNumbers(before: WorldState, after: WorldState, hires: readonly Hire[]): readonly string[] {
  const employees = hires.filter(({ isEmployee }) => isEmployee).length;
  const accounts = (state: WorldState): number => state.directory.filter((object) => object.sAMAccountName != null).length;
  const grown = (what: string, count: number, wanted: number): readonly string[] =>
    count === wanted ? [] : [`${count} new accounts in ${what}, must be ${wanted}`];
  return [
    ...grown('AD', accounts(after) - accounts(before), employees),
    ...grown('Entra', after.graph.users.length - before.graph.users.length, hires.length),
    ...grown('OCI', after.oci.length - before.oci.length, hires.length),
  ];
}

/** No two bear one name, accents and case aside. */
function judgeNames({ graph, directory, oci }: WorldState): readonly string[] {
  const repeated = (what: string, names: readonly (string | null | undefined)[]): readonly string[] => {
    const folded = names.flatMap((name) => (name ? [name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()] : []));
    return [...new Set(folded.filter((name, index) => folded.indexOf(name) !== index))].map((name) => `${what} ${name} is borne twice`);
  };
  return [
    ...repeated(
      'the UPN in Entra',
      graph.users.map((user) => user.userPrincipalName),
    ),
    ...repeated(
      'the mail address in Entra',
      graph.users.map((user) => user.mail),
    ),
    ...repeated(
      'the UPN in AD',
      directory.map((object) => object.userPrincipalName),
    ),
    ...repeated(
      'the sAMAccountName',
      directory.map((object) => object.sAMAccountName),
    ),
    ...repeated(
      'the common name',
      directory.map((object) => object.dn),
    ),
    ...repeated(
      'the user name in OCI',
      oci.map((user) => user.userName),
    ),
  ];
}
