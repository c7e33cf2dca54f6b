import { describe, expect, it } from 'vitest';
import { companyOf } from '../../../sandbox/company/company-of.ts';
import { company, preexistingAccounts } from '../../../sandbox/company/company.ts';
import { openWorld } from '../../../sandbox/foundation/open-world.ts';
import { graphState } from '../../../sandbox/graph/graph-state.ts';
import { hrState } from '../../../sandbox/hr/hr-state.ts';
import { ociState } from '../../../sandbox/oci/oci-state.ts';
import { directoryState } from '../../../sandbox/directory/directory-state.ts';
import { readSettings } from '../../../sandbox/read-settings.ts';
import { startSandbox } from '../../../sandbox/start-sandbox.ts';
import { atEnd, temporaryFolder } from '../foundation/temporary-world.ts';

const ports = { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 };
type Entry = Readonly<Record<string, unknown>>;

function distinct(values: readonly (string | null)[]): void {
  const present = values.filter((value) => value !== null);
  expect(new Set(present).size).toBe(present.length);
}

describe('a company of another size', () => {
  it('is the usual one unless it is asked for, and begins with it', () => {
    expect(companyOf({ companySize: { people: 60, left: 0 } })).toEqual({
      inHr: company,
      withAccounts: [...company, ...preexistingAccounts],
    });
    expect(companyOf({ companySize: { people: 500, left: 5 } }).inHr.slice(0, 60)).toEqual(company);
  });

  it('gives 20,000 people names, ids and addresses of their own, and a manager who works there', () => {
    const { inHr, withAccounts } = companyOf({ companySize: { people: 19_000, left: 1000 } });
    expect(inHr).toHaveLength(20_000);
    distinct(withAccounts.map((person) => person.workerId));
    distinct(withAccounts.map((person) => person.displayName));
    distinct(withAccounts.map((person) => person.userPrincipalName));
    distinct(withAccounts.map((person) => person.samAccountName));
    distinct(withAccounts.map((person) => person.entraId));
    distinct(withAccounts.map((person) => person.adObjectGuid));
    distinct(withAccounts.map((person) => person.ociId));
    const byId = new Map(inHr.map((person) => [person.workerId, person]));
    const managers = inHr.flatMap((person) => (person.managerId === null ? [] : [byId.get(person.managerId)]));
    expect(managers).toHaveLength(19_999);
    expect(managers.every((manager) => manager?.kind === 'employee')).toBe(true);
    expect(inHr.slice(0, 19_000).every(({ managerId }) => managerId === null || byId.get(managerId)?.lastDay === null)).toBe(true);
    expect(inHr.filter((person) => person.lastDay !== null && person.lastDay < '2026-01-01')).toHaveLength(1000);
  });

  it('is in all systems on the first morning, those who left with everything still open, and stays as large when it is started again', async () => {
    const dataDir = temporaryFolder();
    const sandbox = await startSandbox({ dataDir, ports, company: { people: 300, left: 24 } });
    const { world } = sandbox;
    const workers = (hrState(world) as { workers: Entry[] }).workers;
    expect(workers).toHaveLength(324);
    const left = workers.filter((worker) => worker['status'] === 'terminated').map((worker) => String(worker['workerId']));
    expect(left).toHaveLength(24);
    const users = (graphState(world) as { users: Entry[] }).users;
    expect(users.filter((user) => left.includes(String(user['employeeId'])) && user['accountEnabled'] === true)).toHaveLength(24);
    const accounts = directoryState(world).objects.filter((object) => left.includes(String(object['employeeID'])));
    expect(accounts).toHaveLength(left.filter((id) => id.startsWith('1')).length);
    expect(accounts.every((account) => account['userAccountControl'] === '512' && account['manager'] !== undefined)).toBe(true);
    const oci = (ociState(world) as { users: Entry[] }).users;
    expect(oci.length).toBe(companyOf(world).inHr.filter((person) => person.inOci).length);
    await sandbox.stop();
    const again = openWorld({ dataDir, company: { people: 60, left: 0 } });
    atEnd(() => again.close());
    expect(again.companySize).toEqual({ people: 300, left: 24 });
  });

  it('is a setting, and a size that cannot be is refused by name', () => {
    expect(readSettings({ GATEHOUSE_SANDBOX_PEOPLE: '10000', GATEHOUSE_SANDBOX_LEFT: '250' }).company).toEqual({
      people: 10_000,
      left: 250,
    });
    expect(() => readSettings({ GATEHOUSE_SANDBOX_PEOPLE: '59' })).toThrow(
      'GATEHOUSE_SANDBOX_PEOPLE is 59. Give a whole number of people from 60 to 20000.',
    );
    expect(() => readSettings({ GATEHOUSE_SANDBOX_LEFT: 'few' })).toThrow(/GATEHOUSE_SANDBOX_LEFT is few/);
  });
});
