import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditPage } from '../../console/audit-page.ts';
import { errorPage } from '../../console/error-page.ts';
import { holdsPage } from '../../console/holds-page.ts';
import { contentSecurityPolicy } from '../../console/page.ts';
import { passPage } from '../../console/pass-page.ts';
import { personPage } from '../../console/person-page.ts';
import { runPage } from '../../console/run-page.ts';
import { runsPage } from '../../console/runs-page.ts';
import { signInPage } from '../../console/sign-in-page.ts';
import { samplePerson } from './sample-person.ts';
import { sampleRun } from './sample-run.ts';

const hostile = '<script>alert("1")</script>';
const pages = {
  run: runPage(sampleRun),
  runs: runsPage({ runs: [sampleRun] }),
  person: personPage(samplePerson),
  holds: holdsPage([{ id: 'h', at: 0, kind: 'run', reference: 'r', personId: null, code: 'brake', message: 'Too many.' }]),
  audit: auditPage({ rows: [] }),
  signIn: signInPage({ returnTo: '/console/runs' }),
  pass: passPage({ is: 'ready', displayName: 'Zoe', action: '/passes/c2' }),
  error: errorPage({ title: 'Not found', detail: 'Nobody is known by that.', requestId: 'q' }),
};

describe('every page of the console', () => {
  it.each(Object.entries(pages))('is a document with a language, a title, one heading and one main part: %s', (_, page) => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toMatch(/<title>[^<]+ · Gatehouse<\/title>/);
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    expect(page.match(/<main[ >]/g)).toHaveLength(1);
  });

  it.each(Object.entries(pages))('has no script, no inline style and nothing from elsewhere: %s', (_, page) => {
    expect(page).not.toMatch(/<script|\son[a-z]+=|style="|https?:\/\//);
  });

  it.each(Object.entries(pages))('has exactly the style that its policy allows: %s', (_, page) => {
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy).toContain(`style-src 'sha256-${digest}'`);
  });
});

describe('what others wrote', () => {
  it('is shown as text and never becomes part of a page', () => {
    const [step] = sampleRun.steps;
    const change = step?.changes[0];
    if (step === undefined || change === undefined) throw new Error('The sample has no change.');
    const steps = [
      { ...step, summary: hostile, changes: [{ ...change, object: hostile, requestId: hostile, after: { [hostile]: [hostile] } }] },
    ];
    const shown = [
      runPage({ ...sampleRun, displayName: hostile, note: hostile, cause: hostile, steps }),
      runsPage({ runs: [{ ...sampleRun, displayName: hostile, note: hostile, id: '"><script>' }], next: '"><script>' }),
      personPage({ ...samplePerson, displayName: hostile, personId: hostile }),
      holdsPage([{ id: hostile, at: 0, kind: hostile, reference: hostile, personId: hostile, code: hostile, message: hostile }]),
      signInPage({ returnTo: '"><script>', problem: hostile }),
      passPage({ is: 'shown', displayName: hostile, code: hostile, startsAt: null, endsAt: 0, isUsableOnce: true }),
      errorPage({ title: hostile, detail: hostile, requestId: hostile }),
    ];
    for (const page of shown) expect(page).not.toContain('<script>');
  });
});
