import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contentHash } from '../../shared/config/content-hash.ts';
import { definitionHash } from '../../shared/config/definition-hash.ts';
import type { Worker } from '../../shared/domain/worker.ts';
import type { WorkflowDefinition } from '../../shared/workflows/definition.ts';
import { definitionSchema } from '../../shared/workflows/definition-schema.ts';
import { matchDefinitions } from '../../shared/workflows/match-definitions.ts';
import { validateDefinition } from '../../shared/workflows/validate-definition.ts';
import { waitUntil } from '../../shared/workflows/wait-until.ts';

const tasks = [
  { id: 'create-account', input: z.strictObject({ target: z.string() }) },
  { id: 'send-mail', input: z.strictObject({ template: z.string(), to: z.enum(['manager', 'worker']) }) },
];
const joiner = {
  id: 'joiner',
  description: 'A hire.',
  mode: 'enforce',
  trigger: { event: 'joiner', startDaysBefore: 7 },
  scope: { workerType: 'employee' },
  steps: [
    { id: 'account', task: 'create-account', with: { target: 'ad:contoso' } },
    { id: 'day', wait: { until: { date: 'hireDate', at: 'startOfDay' } } },
    {
      id: 'both',
      parallel: [
        {
          id: 'mail',
          when: { present: 'managerId' },
          task: 'send-mail',
          with: { template: 'welcome', to: 'manager' },
          onFailure: 'continue',
        },
      ],
    },
  ],
} as const;
const zoe: Worker = {
  workerId: '10042',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë' },
  hireDate: '2026-12-01',
  leave: { from: '2027-03-01' },
};

const withSteps = (steps: readonly unknown[]): WorkflowDefinition => definitionSchema.parse({ ...joiner, steps });

describe('a workflow definition', () => {
  it('is read as it was written, and reads again from what was stored', () => {
    const definition = definitionSchema.parse(joiner);
    expect(definition).toEqual(joiner);
    expect(definitionSchema.parse(JSON.parse(JSON.stringify(definition)))).toEqual(definition);
  });

  it.each<[string, unknown, string]>([
    ['a step of no kind', { id: 'a' }, 'a step needs one of: task, wait, parallel'],
    ['a step of two kinds', { id: 'a', task: 'x', wait: { event: 'y' } }, 'a step needs one of: task, wait, parallel'],
    ['a wait for nothing', { id: 'a', wait: {} }, 'a wait needs one of: until, event, approval'],
    ['an unknown key deep in a parallel step', { id: 'a', parallel: [{ id: 'b', task: 'x', wiht: {} }] }, 'Did you mean "with"?'],
  ])('is refused for %s', (_, step, message) => {
    const result = definitionSchema.safeParse({ ...joiner, steps: [step] });
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });

  it('has every mistake named at once: an unknown task, an id used twice, input that a task does not take, a wait beside other steps', () => {
    const definition = withSteps([
      { id: 'a', task: 'create-acount', with: {} },
      { id: 'a', task: 'create-account', with: { target: 7 } },
      {
        id: 'b',
        parallel: [
          { id: 'c', task: 'create-account' },
          { id: 'd', wait: { event: 'go' } },
        ],
      },
    ]);
    expect(validateDefinition(definition, tasks)).toEqual([
      { path: ['steps', 1, 'id'], message: expect.stringContaining('"a" is used by an earlier step') },
      { path: ['steps', 0, 'task'], message: expect.stringContaining('Did you mean "create-account"?') },
      { path: ['steps', 1, 'with', 'target'], message: expect.stringContaining('is not what create-account takes') },
      { path: ['steps', 2, 'parallel', 0, 'with', 'target'], message: expect.stringContaining('is missing: create-account needs it') },
      { path: ['steps', 2, 'parallel', 1], message: expect.stringContaining('cannot stand inside parallel') },
    ]);
  });

  it('may not start days before something that has no day', () => {
    const definition = definitionSchema.parse({ ...joiner, trigger: { event: 'mover', startDaysBefore: 3 } });
    expect(validateDefinition(definition, tasks)).toEqual([
      { path: ['trigger', 'startDaysBefore'], message: expect.stringContaining('mover') },
    ]);
  });

  it('has nothing wrong where nothing is wrong', () => {
    expect(validateDefinition(definitionSchema.parse(joiner), tasks)).toEqual([]);
  });
});

describe('the hash of a definition', () => {
  it('is of its content, in one order of keys at every depth', () => {
    expect(contentHash({ b: [{ y: 1, x: 2 }], a: null })).toBe(contentHash({ a: null, b: [{ x: 2, y: 1 }] }));
    expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
  });

  it('does not depend on the order of keys', () => {
    const { steps, ...rest } = joiner;
    expect(definitionHash(definitionSchema.parse({ steps, ...rest }))).toBe(definitionHash(definitionSchema.parse(joiner)));
  });

  it('changes with anything that is said, the order of steps included', () => {
    const hash = definitionHash(definitionSchema.parse(joiner));
    expect(definitionHash(withSteps(joiner.steps.toReversed()))).not.toBe(hash);
    expect(definitionHash(definitionSchema.parse({ ...joiner, scope: { workerType: 'intern' } }))).not.toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('what an event sets off', () => {
  it('is every definition of its trigger whose scope holds, in the order of ids', () => {
    const define = (id: string, more: object) => definitionSchema.parse({ ...joiner, id, ...more });
    const all = [
      define('z', {}),
      define('a', { scope: undefined }),
      define('b', { scope: { workerType: 'contractor' } }),
      define('c', { trigger: { event: 'leaver' } }),
    ];
    expect(matchDefinitions('joiner', zoe, all).map(({ id }) => id)).toEqual(['a', 'z']);
  });
});

describe('a wait until a date', () => {
  it("is over when the date starts in the person's zone", () => {
    expect(waitUntil({ date: 'hireDate', at: 'startOfDay' }, zoe, 'Asia/Tokyo')).toBe(Date.parse('2026-11-30T15:00:00Z'));
  });

  it('counts calendar days and the end of the day', () => {
    expect(waitUntil({ date: 'leave.from', at: 'endOfDay', offsetDays: -1 }, zoe, 'America/New_York')).toBe(
      Date.parse('2027-03-01T05:00:00Z'),
    );
  });

  it('has no instant while the record does not say the date', () => {
    expect(waitUntil({ date: 'lastDay', at: 'endOfDay' }, zoe, 'UTC')).toBeUndefined();
  });
});
