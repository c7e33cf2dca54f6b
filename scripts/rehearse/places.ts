/** The five offices, as docs/sandbox.md lists them, with the groups of their people. */
export const offices = [
  { code: 'LIS', city: 'Lisbon', country: 'PT', timeZone: 'Europe/Lisbon', entra: 'Lisbon Office' },
  { code: 'LON', city: 'London', country: 'GB', timeZone: 'Europe/London', entra: 'London Office' },
  { code: 'BER', city: 'Berlin', country: 'DE', timeZone: 'Europe/Berlin', entra: 'Berlin Office' },
  { code: 'NYC', city: 'New York', country: 'US', timeZone: 'America/New_York', entra: 'New York Office' },
  { code: 'TYO', city: 'Tokyo', country: 'JP', timeZone: 'Asia/Tokyo', entra: 'Tokyo Office' },
] as const;

/** The departments with the jobs that people are given in them. */
export const jobs = [
  { department: 'Platform', jobCode: 'ENG2', jobTitle: 'Engineer' },
  { department: 'Platform', jobCode: 'ENG1', jobTitle: 'Associate Engineer' },
  { department: 'Sales', jobCode: 'SAL1', jobTitle: 'Account Executive' },
  { department: 'Finance', jobCode: 'FIN1', jobTitle: 'Accountant' },
  { department: 'People', jobCode: 'HRP1', jobTitle: 'People Partner' },
  { department: 'Support', jobCode: 'SUP1', jobTitle: 'Support Specialist' },
] as const;

/** Names of those who are hired: some are the same, some but for accents, some cannot be spelled in ASCII, some have one part. */
export const names: readonly (readonly [string, string | null])[] = [
  ['John', 'Smith'],
  ['Maria', 'Silva'],
  ['José', 'García'],
  ['Jose', 'Garcia'],
  ['Zoë', "O'Brien"],
  ['Sukarno', null],
  ['小龙', '李'],
  ['Anne-Marie', 'van der Berg'],
  ['Björn', 'Åström'],
  ['Maximiliana', 'Featherstonehaugh-Cholmondeley'],
  ['Wei', 'Chen'],
  ['Fatima', 'Al-Sayed'],
  ['Ingrid', 'Solheim'],
  ['Pedro', 'Quintela'],
  ['Chiara', 'Bellini'],
  ['Kofi', 'Mensah'],
  ['Noor', 'Haddad'],
  ['Tariq', 'Rahman'],
];
