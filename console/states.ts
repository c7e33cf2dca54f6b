import type { RunStateName, StepStateName } from './page-data.ts';

/** How a state looks: never by colour alone. `tone` is a class of the style sheet. */
export type Look = { readonly icon: string; readonly word: string; readonly tone: 'good' | 'busy' | 'warn' | 'bad' | 'quiet' };

/** Looks of a run's states, each with what it means, what to do, and how soon a page that shows it is to be loaded again. */
export const runLooks: Readonly<Record<RunStateName, Look & { readonly means: string; readonly renewAfterSeconds: number | null }>> = {
  pending: {
    icon: '◷',
    word: 'pending',
    tone: 'quiet',
    renewAfterSeconds: 10,
    means: 'It waits until everything that came with it is judged.',
  },
  planned: { icon: '◷', word: 'planned', tone: 'quiet', renewAfterSeconds: 30, means: 'It waits for its time, and starts by itself.' },
  starting: { icon: '◌', word: 'starting', tone: 'busy', renewAfterSeconds: 2, means: 'It is about to begin.' },
  active: {
    icon: '▶',
    word: 'running',
    tone: 'busy',
    renewAfterSeconds: 2,
    means: 'Steps are being carried out. This page renews itself.',
  },
  held: {
    icon: '⏸',
    word: 'held',
    tone: 'warn',
    renewAfterSeconds: 30,
    means: 'A person has to decide before it can go on. The held step says why.',
  },
  done: {
    icon: '✓',
    word: 'done',
    tone: 'good',
    renewAfterSeconds: null,
    means: 'Every step was done, and was seen to be so in its target.',
  },
  'done-with-gaps': {
    icon: '◐',
    word: 'done with gaps',
    tone: 'warn',
    renewAfterSeconds: null,
    means: 'It came to its end, and left undone what is listed here.',
  },
  failed: {
    icon: '✗',
    word: 'failed',
    tone: 'bad',
    renewAfterSeconds: null,
    means: 'A step failed. What came before it stands; steps after it were not begun.',
  },
  superseded: {
    icon: '↷',
    word: 'superseded',
    tone: 'quiet',
    renewAfterSeconds: null,
    means: 'Newer facts about the person took its place: see their newest run.',
  },
  cancelled: {
    icon: '⊘',
    word: 'cancelled',
    tone: 'quiet',
    renewAfterSeconds: null,
    means: 'Somebody stopped it. What was done before stands.',
  },
  unknown: {
    icon: '?',
    word: 'unknown',
    tone: 'bad',
    renewAfterSeconds: null,
    means: 'Whether a change took effect is not known. Look in the target that the step names before doing anything by hand.',
  },
};

/** Looks of a step's or change's states. */
export const stepLooks: Readonly<Record<StepStateName, Look>> = {
  done: { icon: '✓', word: 'done', tone: 'good' },
  already: { icon: '✓', word: 'was so already', tone: 'good' },
  skipped: { icon: '↷', word: 'skipped', tone: 'quiet' },
  refused: { icon: '⊘', word: 'refused', tone: 'warn' },
  held: { icon: '⏸', word: 'held', tone: 'warn' },
  waiting: { icon: '◌', word: 'waiting', tone: 'busy' },
  parked: { icon: '◷', word: 'waiting', tone: 'busy' },
  failed: { icon: '✗', word: 'failed', tone: 'bad' },
  unknown: { icon: '?', word: 'unknown', tone: 'bad' },
  'to-come': { icon: '○', word: 'to come', tone: 'quiet' },
};
