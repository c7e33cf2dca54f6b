import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const table = /^## Threats$[^]*?(?=^## )/m.exec(page)?.[0] ?? '';
const threats = [...table.matchAll(/^\| (?!threat|-)(.+) \| (.+) \| (.+) \|$/gm)].map(([, threat = '', answer = '', files = '']) => ({
  threat,
  answer,
  files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
}));

describe('The threats of docs/security.md', () => {
  it('each have an answer that is tested', () => {
    expect(threats.length).toBeGreaterThan(20);
    expect(threats.filter(({ answer, files }) => answer.trim() === '' || files.length === 0)).toEqual([]);
  });

  it('name only tests that are there, and test something', () => {
    const files = [...new Set(threats.flatMap((one) => one.files))];
    const isTest = (file: string) =>
      file.startsWith('test/') && existsSync(file) && /\b(it|test)(\.each|\.skipIf)?\(|export function/.test(readFileSync(file, 'utf8'));
    expect(files.filter((file) => !isTest(file))).toEqual([]);
  });
});
