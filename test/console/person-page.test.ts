import { describe, expect, it } from 'vitest';
import { passPage } from '../../console/pass-page.ts';
import { personPage } from '../../console/person-page.ts';
import { samplePerson } from './sample-person.ts';

const asText = (page: string) => page.replaceAll(/<style>[^]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the page of a person', () => {
  it('sets what is expected against what is there, and marks only what differs', () => {
    const page = personPage(samplePerson);
    expect(asText(page)).toContain('Attributes: 1 other than expected');
    expect(page.match(/class="differs"/g)).toHaveLength(1);
    expect(asText(page)).toContain('department Platform ≠ Sales');
  });

  it('tells a missing account, and one that cannot be read, from one that is there', () => {
    const text = asText(personPage(samplePerson));
    expect(text).toMatch(/Active Directory \(ad:contoso\) ✓ enabled/);
    expect(text).toMatch(/Entra ID \(entra:contoso\) \? cannot be read.*The token endpoint does not answer\./);
    expect(text).toMatch(/OCI IAM \(oci:contoso\) ✗ missing/);
  });

  it('says of each access by which rule it is due and whether it is there', () => {
    expect(asText(personPage(samplePerson))).toContain('GG-Platform group platform-files@1 ✗ no');
  });
});

describe('the page of a pass', () => {
  it('holds the code only in the answer to the form', () => {
    const shown = {
      is: 'shown',
      displayName: 'Zoe',
      code: 'Qx7-pass-code',
      startsAt: null,
      endsAt: '2026-11-22T08:00:00Z',
      isUsableOnce: true,
    } as const;
    expect(passPage(shown)).toContain('Qx7-pass-code');
    expect(passPage({ is: 'ready', displayName: 'Zoe', action: '/passes/c2' })).toMatch(/<form method="post" action="\/passes\/c2">/);
  });
});
