/** Name of a Contoso department. */
export type DepartmentName = 'Platform' | 'Sales' | 'Finance' | 'People' | 'Support';

/** A department with the groups that its people are in. */
export type Department = {
  readonly name: DepartmentName;
  readonly division: string;
  readonly costCenter: string;
  readonly entraGroup: string;
  readonly adGroup: string;
};

/** The five departments, by name; group ids as in docs/sandbox.md. */
export const departments: Readonly<Record<DepartmentName, Department>> = {
  Platform: department('Platform', 'R&D', 1),
  Sales: department('Sales', 'Commercial', 2),
  Finance: department('Finance', 'Corporate', 3),
  People: department('People', 'Corporate', 4),
  Support: department('Support', 'Commercial', 5),
};

function department(name: DepartmentName, division: string, number: number): Department {
  return {
    name,
    division,
    costCenter: `CC-${number}00`,
    entraGroup: `a1000000-0000-4000-8000-00000000000${number + 2}`,
    adGroup: `d1000000-0000-4000-8000-00000000000${number + 1}`,
  };
}
