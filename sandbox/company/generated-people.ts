import type { DepartmentName } from './departments.ts';
import type { OfficeCode } from './offices.ts';
import type { PersonRow } from './people.ts';

// Short names in Latin letters, so that every account name is its own within 20 characters; with the initials there are names for 70,000 people.
const givenNames =
  'Ana Bruno Clara Diogo Elena Fabio Greta Hugo Irene Jonas Karin Leon Marta Nuno Olga Paula Quinn Rita Simon Teresa Ugo Vera Wanda Xavier Yann Zita Alma Boris Celia Dario Edda Felix Gina Hans Ilse Joel Kira Lars Mina Niklas Otto Petra Raul Sara Timo Ursula Vasco Wim Yara Zeno Aldo Berta Carlo Dora Emil Flora Georg Heidi Ivo Judit Kurt Lena'.split(
    ' ',
  );
const familyNames =
  'Abreu Barros Cabral Dias Esteves Faria Gomes Henrich Ivens Jansen Keller Lopes Matos Neves Ochoa Pires Quental Ramos Seabra Tavares Ulrich Valente Weber Xavier Young Zimmer Arnold Becker Conrad Dreyer Ebert Fuchs Gruber Hansen Irving Jordan Kramer Lorenz Meyer Norton Osborne Parker Quirke Russell Sutton Turner Usher Vogel Walker Yates Zander Allen Baker Carter Dawson Ellis Foster Grant Harper'.split(
    ' ',
  );
const initials = 'BCDFGHJKLMNPQRSTVWXZ';

// Units of 120, in the proportions of the sample company.
const unitSize = 120;
const teamSize = 12;
const departmentsInTurn: readonly DepartmentName[] = [
  'Platform',
  'Sales',
  'Support',
  'Platform',
  'Finance',
  'Platform',
  'Sales',
  'Support',
  'Platform',
  'People',
];
const officesInTurn: readonly OfficeCode[] = ['LIS', 'LON', 'BER', 'NYC', 'TYO'];
const heads: Readonly<Record<DepartmentName, string>> = {
  Platform: '10002',
  Sales: '10003',
  Finance: '10004',
  People: '10005',
  Support: '10006',
};
const jobs: Readonly<Record<DepartmentName, readonly [code: string, title: string]>> = {
  Platform: ['ENG2', 'Engineer'],
  Sales: ['SAL1', 'Account Executive'],
  Finance: ['FIN1', 'Accountant'],
  People: ['HRP1', 'People Partner'],
  Support: ['SUP1', 'Support Specialist'],
};

/** More people of Contoso, always the same: teams of 12 with a lead, in units of 120 whose first lead reports to the vice president of the department. One in six is a contractor.
 * Worker ids go on from 110001 and 210001. `from` leaves out that many at the beginning, whom somebody else has. */
export function generatePeople(count: number, from = 0): readonly PersonRow[] {
  return Array.from({ length: count }, (_, index) => personAt(from + index));
}

function personAt(index: number): PersonRow {
  const department = departmentAt(index);
  const [code, title] = jobs[department];
  const isLead = index % teamSize === 0;
  const isContractor = isContractorAt(index);
  return [
    workerIdAt(index),
    givenNameAt(index),
    at(familyNames, Math.floor(index / givenNames.length) + (index % givenNames.length)),
    department,
    isContractor ? 'CTR1' : code,
    isContractor ? 'Contractor' : isLead ? `${title}, Lead` : title,
    at(officesInTurn, index),
    managerAt(index),
    hireDateAt(index),
  ];
}

// A second given name, by its initial, once all pairs of names are used up.
function givenNameAt(index: number): string {
  const given = at(givenNames, index);
  const round = Math.floor(index / (givenNames.length * familyNames.length));
  return round === 0 ? given : `${given} ${initials.charAt((round - 1) % initials.length)}.`;
}

function departmentAt(index: number): DepartmentName {
  return at(departmentsInTurn, Math.floor(index / unitSize));
}

function isContractorAt(index: number): boolean {
  return index % 6 === 5;
}

function workerIdAt(index: number): string {
  return `${isContractorAt(index) ? '2' : '1'}${String(10_001 + index)}`;
}

function managerAt(index: number): string {
  if (index % teamSize > 0) return workerIdAt(index - (index % teamSize));
  const first = index - (index % unitSize);
  return index === first ? heads[departmentAt(index)] : workerIdAt(first);
}

function hireDateAt(index: number): string {
  const year = 2015 + (index % 10);
  const month = 1 + (index % 12);
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('The list is empty.');
  return found;
}
