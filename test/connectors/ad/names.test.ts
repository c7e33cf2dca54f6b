import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childName, parentName } from '../../../shared/connectors/ad/distinguished-name.ts';
import { guidBytes, guidName, guidText } from '../../../shared/connectors/ad/guid.ts';

describe('distinguished names', () => {
  it('escape what would end or change them', () => {
    expect(childName(" O'Brien, Zoë #1\\", 'OU=PT')).toBe("CN=\\20O'Brien\\2c Zoë \\231\\5c,OU=PT");
  });

  it('always give back the parent they were made with', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (cn) => parentName(childName(cn, 'OU=a\\,b,DC=x')) === 'OU=a\\,b,DC=x'),
    );
  });

  it('have their first comma, where a rename is split, right before the parent', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (cn) => {
        const dn = childName(cn, 'OU=x');
        return dn.slice(dn.search(/[^\\],/) + 2) === 'OU=x';
      }),
    );
  });
});

describe('objectGUIDs', () => {
  it('are read in the byte order that Active Directory stores', () => {
    expect(guidText(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))).toBe('33221100-5544-7766-8899-aabbccddeeff');
    expect(guidName('33221100-5544-7766-8899-AABBCCDDEEFF')).toBe('<GUID=00112233445566778899aabbccddeeff>');
  });

  it('come back as they went in', () => {
    fc.assert(fc.property(fc.uuid(), (guid) => guidText(guidBytes(guid) ?? Buffer.alloc(16)) === guid));
  });

  it('are not made from anything else', () => {
    expect(guidName('*)(objectClass=*')).toBeUndefined();
  });
});
