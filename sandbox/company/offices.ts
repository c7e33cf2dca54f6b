/** Code of a Contoso location. */
export type OfficeCode = 'LIS' | 'LON' | 'BER' | 'NYC' | 'TYO';

/** A Contoso location with the groups that its people are in. */
export type Office = {
  readonly code: OfficeCode;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly countryName: string;
  /** IANA time zone. */
  readonly timeZone: string;
  readonly phonePrefix: string;
  readonly entraGroup: string;
  readonly adGroup: string;
};

/** The five locations, by code; group ids as in docs/sandbox.md. */
export const offices: Readonly<Record<OfficeCode, Office>> = {
  LIS: office('LIS', { city: 'Lisbon', country: 'PT', countryName: 'Portugal', timeZone: 'Europe/Lisbon', phonePrefix: '+351 210' }, 8),
  LON: office(
    'LON',
    { city: 'London', country: 'GB', countryName: 'United Kingdom', timeZone: 'Europe/London', phonePrefix: '+44 20 7946' },
    9,
  ),
  BER: office('BER', { city: 'Berlin', country: 'DE', countryName: 'Germany', timeZone: 'Europe/Berlin', phonePrefix: '+49 30 2301' }, 10),
  NYC: office(
    'NYC',
    { city: 'New York', country: 'US', countryName: 'United States', timeZone: 'America/New_York', phonePrefix: '+1 212 555' },
    11,
  ),
  TYO: office('TYO', { city: 'Tokyo', country: 'JP', countryName: 'Japan', timeZone: 'Asia/Tokyo', phonePrefix: '+81 3 5550' }, 12),
};

function office(code: OfficeCode, place: Omit<Office, 'code' | 'entraGroup' | 'adGroup'>, number: number): Office {
  const last = (n: number) => n.toString(16).padStart(2, '0');
  return {
    code,
    ...place,
    entraGroup: `a1000000-0000-4000-8000-0000000000${last(number)}`,
    adGroup: `d1000000-0000-4000-8000-0000000000${last(number - 1)}`,
  };
}
