import { Temporal } from 'temporal-polyfill';
import type { CompanySize, World } from '../foundation/world.ts';
import { company, personOf, preexistingAccounts, type CompanyPerson } from './company.ts';
import { generatePeople } from './generated-people.ts';

/** The people of the first morning in this world, by where they are known. */
export type CompanyPeople = {
  /** Whom HR knows: who works there, and after them who has left. */
  readonly inHr: readonly CompanyPerson[];
  /** Whoever has accounts: those, and those whose accounts were made by hand. */
  readonly withAccounts: readonly CompanyPerson[];
};

const made = new Map<string, CompanyPeople>();

/** The people of a world: the 60 of docs/sandbox.md, then as many generated ones as its size says, then those who left and whose accounts nobody closed. */
export function companyOf(world: Pick<World, 'companySize'>): CompanyPeople {
  const { people, left } = world.companySize;
  const key = `${people} ${left}`;
  const known = made.get(key) ?? makeCompany(world.companySize);
  made.set(key, known);
  return known;
}

// Last days lie in the two years before this one, and so in the past of every world.
const firstLastDay = Temporal.PlainDate.from('2024-01-15');
const lastDays = 600;

function makeCompany({ people, left }: CompanySize): CompanyPeople {
  const more = people - company.length;
  const inHr = [
    ...company,
    ...generatePeople(more).map((row) => personOf(row)),
    ...generatePeople(left, more).map((row, index) =>
      personOf(row, { lastDay: String(firstLastDay.add({ days: (index * 7) % lastDays })) }),
    ),
  ];
  return { inHr, withAccounts: [...inHr, ...preexistingAccounts] };
}
