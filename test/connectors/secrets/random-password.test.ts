import { describe, expect, it } from 'vitest';
import { randomPassword } from '../../../shared/connectors/secrets/random-password.ts';

describe('a random password', () => {
  it('is long, never the same, and has each kind of character that directories count', () => {
    const passwords = Array.from({ length: 200 }, randomPassword);
    expect(new Set(passwords).size).toBe(200);
    for (const password of passwords) {
      expect(password).toHaveLength(32);
      for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/]) expect(password).toMatch(kind);
    }
  });

  it('never holds a part of a name of three letters, which Active Directory would refuse', () => {
    for (const password of Array.from({ length: 500 }, randomPassword)) expect(password).not.toMatch(/[A-Za-z]{3}/);
  });

  it('does not begin with the same kinds of characters every time', () => {
    expect(new Set(Array.from({ length: 100 }, () => /^[a-z]/.test(randomPassword()))).size).toBe(2);
  });
});
