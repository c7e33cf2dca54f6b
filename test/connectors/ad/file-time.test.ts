import { describe, expect, it } from 'vitest';
import { fileTime, fileTimeMs, instantText } from '../../../shared/connectors/ad/file-time.ts';

describe('moments in Active Directory', () => {
  it('count hundreds of nanoseconds since 1601', () => {
    // The value of the example in MS-DTYP's definition of FILETIME: the Unix epoch.
    expect(fileTimeMs('116444736000000000')).toBe(0);
    expect(fileTime('1970-01-01T00:00:00Z')).toBe('116444736000000000');
    expect(instantText(fileTime('2026-12-31T23:00:00Z'))).toBe('2026-12-31T23:00:00Z');
    expect(instantText(fileTime('2026-12-31T23:00:00.250Z'))).toBe('2026-12-31T23:00:00.250Z');
  });

  it.each(['0', '9223372036854775807', null, '', 'never'])('are none where the value is %j', (value) => {
    expect(fileTimeMs(value)).toBeNull();
    expect(instantText(value)).toBeNull();
  });

  it('that are never are written as 0, and text that is no moment is refused', () => {
    expect(fileTime(null)).toBe('0');
    expect(() => fileTime('tomorrow')).toThrow(RangeError);
  });
});
