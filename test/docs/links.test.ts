import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

/** Links to files of the house, with the file and the heading that each names. */
function linksOf(page: string): readonly { readonly file: string; readonly heading: string | undefined; readonly label: string }[] {
  const found = readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
  return [...found].map(([label, path = '', heading]) => ({
    file: path === '' ? page : join(dirname(page), path),
    heading,
    label: `${page} ${label}`,
  }));
}

/** The names under which headings can be linked to: lower case, without punctuation, blanks as dashes. */
function headingsOf(file: string): readonly string[] {
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  it('link only to files and headings that are there', () => {
    const links = pages.flatMap(linksOf);
    expect(links.length).toBeGreaterThan(40);
    const broken = links.filter(({ file, heading }) => !existsSync(file) || (heading !== undefined && !headingsOf(file).includes(heading)));
    expect(broken.map(({ label }) => label)).toEqual([]);
  });
});
