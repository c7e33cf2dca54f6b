import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../shared/errors.ts';

const page = readFileSync('docs/errors.md', 'utf8');
const sections = page.split(/^### /m).slice(1);

describe('docs/errors.md', () => {
  it('explains every error code, and none that there is not', () => {
    const headings = sections.map((section) => section.slice(0, section.indexOf('\n')));
    expect(headings.toSorted()).toEqual(Object.keys(errorTable).toSorted());
  });

  it('says of every code who mends it and whether it is tried again, as the table of codes has it', () => {
    for (const [code, { who, retry }] of Object.entries(errorTable)) {
      expect(
        sections.find((section) => section.startsWith(`${code}\n`)),
        code,
      ).toContain(`Mended by: ${who}. Tried again: ${retry}.`);
    }
  });
});
