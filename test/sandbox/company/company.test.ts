import { describe, expect, it } from 'vitest';
import { accountName } from '../../../sandbox/company/account-name.ts';
import { company, preexistingAccounts } from '../../../sandbox/company/company.ts';

const byId = new Map(company.map((person) => [person.workerId, person]));

function distinct(values: readonly (string | null)[]): void {
  const present = values.filter((value) => value !== null);
  expect(new Set(present).size).toBe(present.length);
}

describe('the sample company', () => {
  it('has 60 people: employees 10001 to 10041 and contractors 20001 to 20019', () => {
    const ids = company.map((person) => person.workerId);
    const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
    expect(ids).toEqual([...range(10001, 10041), ...range(20001, 20019)]);
    expect(company.filter((person) => person.kind === 'contractor')).toHaveLength(19);
  });

  it('gives everybody a chain of managers that ends at 10001', () => {
    for (const person of company) {
      const seen = new Set<string>();
      let at = person;
      while (at.managerId !== null) {
        expect(seen.has(at.workerId)).toBe(false);
        seen.add(at.workerId);
        const manager = byId.get(at.managerId);
        if (manager === undefined) throw new Error(`${at.workerId} has the unknown manager ${at.managerId}`);
        at = manager;
      }
      expect(at.workerId).toBe('10001');
    }
  });

  it('gives every account a name and an id of its own that its system accepts', () => {
    const everyone = [...company, ...preexistingAccounts];
    distinct(everyone.map((person) => person.userPrincipalName));
    distinct(everyone.map((person) => person.samAccountName));
    distinct(everyone.map((person) => person.entraId));
    distinct(everyone.map((person) => person.adObjectGuid));
    distinct(everyone.map((person) => person.ociId));
    for (const person of everyone) {
      expect(person.userPrincipalName).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)?@contoso\.example$/);
      expect(person.samAccountName ?? 'x').toMatch(/^[a-z0-9.-]{0,19}[a-z0-9-]$/);
      expect(person.ociId ?? '0'.repeat(32)).toMatch(/^[0-9a-f]{32}$/);
      expect(person.adObjectGuid === null).toBe(person.kind === 'contractor');
    }
  });

  it('covers names with apostrophes, accents, CJK characters and a single word', () => {
    const names = company.map((person) => person.displayName);
    expect(names).toContain("Jack O'Brien");
    expect(names).toContain('Łukasz Wiśniewski');
    expect(names).toContain('田中 美咲');
    expect(names).toContain('Suparman');
    expect(byId.get('10013')?.mail).toBe('misaki.tanaka@contoso.example');
  });

  it('puts each person into the groups of their kind, department and location', () => {
    expect(byId.get('10026')?.entraGroups.map((id) => id.slice(-2))).toEqual(['01', '05', '09']);
    expect(byId.get('10026')?.adGroups.map((id) => id.slice(-2))).toEqual(['01', '04', '08']);
    expect(byId.get('20016')?.entraGroups.map((id) => id.slice(-2))).toEqual(['02', '07', '0c']);
    expect(byId.get('20016')?.adGroups).toEqual([]);
  });

  it('has about 25 people in OCI and hires all in the past', () => {
    const count = company.filter((person) => person.inOci).length;
    expect(count).toBeGreaterThanOrEqual(22);
    expect(count).toBeLessThanOrEqual(30);
    expect(company.every((person) => person.hireDate < '2025-01-01')).toBe(true);
  });

  it('keeps the account made by hand for 10050 out of the list that HR knows', () => {
    expect(preexistingAccounts.map((person) => person.userPrincipalName)).toEqual(['erik.lindqvist@contoso.example']);
    expect(byId.has('10050')).toBe(false);
  });

  it('folds letters that have no accent to take away', () => {
    expect(accountName(['Øystein', 'Dæhlen'])).toBe('oeystein.daehlen');
    expect(accountName(['Jürgen', 'Großmann'])).toBe('jurgen.grossmann');
  });
});
