import { describe, expect, it } from 'vitest';
import { decidedEvent } from '../../host/durable/decided-event.ts';
import { EVENT, historyEvent } from '../../host/durable/history-event.ts';
import type { EventFields, HistoryEvent } from '../../host/durable/history-event.ts';
import type { OrchestratorAction } from '../../host/durable/orchestrator-action.ts';
import { replay } from '../../host/durable/replay/replay.ts';
import type { Decision, Replayed } from '../../host/durable/replay/decision.ts';

const DAY = 86_400_000;
const EXECUTION = { instanceId: 'instance', executionId: 'exec', httpPollMs: 30_000 };
const T0 = Date.parse('2026-01-01T00:00:00Z');

/** A history under construction: each `turn` is one episode at a time of its own, whose decisions are recorded. */
class Engine {
  readonly history: HistoryEvent[] = [];
  last: Replayed | undefined;
  isOver = false;

  turn(at: number, actions: readonly OrchestratorAction[], ...events: readonly [number, EventFields][]): readonly Decision[] {
    const first = this.history.length === 0 ? [historyEvent(EVENT.ExecutionStarted, at)] : [];
    this.history.push(
      historyEvent(EVENT.OrchestratorStarted, at),
      ...first,
      ...events.map(([type, fields]) => historyEvent(type, at, fields)),
    );
    this.last = replay(this.history, { actions, isOver: this.isOver }, EXECUTION);
    for (const decision of this.last.fresh) this.history.push(decidedEvent(decision, at));
    return this.last.fresh;
  }
}

const activity = (functionName: string): OrchestratorAction => ({ actionType: 0, functionName });
const timer = (fireAt: number, isCanceled = false): OrchestratorAction => ({
  actionType: 5,
  fireAt: new Date(fireAt).toISOString(),
  isCanceled,
});
const event = (externalEventName: string): OrchestratorAction => ({ actionType: 6, externalEventName });
const completed = (id: number): [number, EventFields] => [EVENT.TaskCompleted, { TaskScheduledId: id, Result: 'null' }];
const failed = (id: number): [number, EventFields] => [EVENT.TaskFailed, { TaskScheduledId: id, Reason: 'x', Details: '' }];
const fired = (id: number): [number, EventFields] => [EVENT.TimerFired, { TimerId: id }];
const raised = (name: string): [number, EventFields] => [EVENT.EventRaised, { Name: name }];

describe('The replay of an orchestration', () => {
  it('gives each task the next number when it begins, so that a later action begins only after the one before it', () => {
    const engine = new Engine();
    expect(engine.turn(T0, [activity('a'), activity('b')])).toEqual([{ is: 'activity', id: 0, name: 'a', input: null }]);
    expect(engine.turn(T0 + 1, [activity('a'), activity('b')], completed(0))).toEqual([{ is: 'activity', id: 1, name: 'b', input: null }]);
    engine.turn(T0 + 2, [activity('a'), activity('b')], completed(1));
    expect(engine.last?.isSettled).toBe(true);
  });

  it('numbers the timer after each failed attempt of a retry, also after the last one, which fires at once', () => {
    const engine = new Engine();
    const action: OrchestratorAction = {
      actionType: 1,
      functionName: 'a',
      retryOptions: { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts: 3, backoffCoefficient: 2 },
    };
    const actions = [action, activity('next')];
    engine.turn(T0, actions);
    expect(engine.turn(T0 + 1, actions, failed(0))).toEqual([{ is: 'timer', id: 1, fireAt: T0 + 101 }]);
    expect(engine.turn(T0 + 101, actions, fired(1))).toMatchObject([{ is: 'activity', id: 2, name: 'a' }]);
    expect(engine.turn(T0 + 102, actions, failed(2))).toEqual([{ is: 'timer', id: 3, fireAt: T0 + 302 }]);
    expect(engine.turn(T0 + 302, actions, fired(3))).toMatchObject([{ is: 'activity', id: 4, name: 'a' }]);
    expect(engine.turn(T0 + 303, actions, failed(4))).toEqual([{ is: 'timer', id: 5, fireAt: T0 + 303 }]);
    expect(engine.turn(T0 + 304, actions, fired(5))).toMatchObject([{ is: 'activity', id: 6, name: 'next' }]);
  });

  it('cuts a timer of more than six days into legs of three days', () => {
    const engine = new Engine();
    const actions = [timer(T0 + 10 * DAY), activity('after')];
    expect(engine.turn(T0, actions)).toEqual([{ is: 'timer', id: 0, fireAt: T0 + 3 * DAY }]);
    expect(engine.turn(T0 + 3 * DAY, actions, fired(0))).toEqual([{ is: 'timer', id: 1, fireAt: T0 + 6 * DAY }]);
    expect(engine.turn(T0 + 6 * DAY, actions, fired(1))).toEqual([{ is: 'timer', id: 2, fireAt: T0 + 9 * DAY }]);
    expect(engine.turn(T0 + 9 * DAY, actions, fired(2))).toEqual([{ is: 'timer', id: 3, fireAt: T0 + 10 * DAY }]);
    expect(engine.turn(T0 + 10 * DAY, actions, fired(3))).toMatchObject([{ is: 'activity', id: 4 }]);
  });

  it('leaves a timer of six days whole', () => {
    expect(new Engine().turn(T0, [timer(T0 + 6 * DAY)])).toEqual([{ is: 'timer', id: 0, fireAt: T0 + 6 * DAY }]);
  });

  it('does not settle while a timer is open, and does once it is cancelled', () => {
    const race = (isCanceled: boolean): OrchestratorAction[] => [
      { actionType: 11, compoundActions: [event('E'), timer(T0 + DAY, isCanceled)] },
    ];
    const open = new Engine();
    open.turn(T0, race(false));
    open.turn(T0 + 1, race(false), raised('E'));
    expect(open.last?.isSettled).toBe(false);
    const cancelled = new Engine();
    cancelled.turn(T0, race(false));
    cancelled.turn(T0 + 1, race(true), raised('E'));
    expect(cancelled.last).toMatchObject({ isSettled: true, cancelledTimers: [0] });
  });

  it('waits for all tasks of a WhenAll, also after one has failed', () => {
    const engine = new Engine();
    const actions: OrchestratorAction[] = [{ actionType: 12, compoundActions: [activity('a'), activity('b')] }, activity('c')];
    expect(engine.turn(T0, actions).map((decision) => decision.id)).toEqual([0, 1]);
    expect(engine.turn(T0 + 1, actions, failed(0))).toEqual([]);
    expect(engine.turn(T0 + 2, actions, completed(1))).toMatchObject([{ id: 2, name: 'c' }]);
  });

  it('takes events without regard to case, keeps early ones, and gives waits no numbers', () => {
    const engine = new Engine();
    engine.turn(T0, [event('Go'), activity('a')], raised('GO'));
    expect(engine.last?.fresh).toMatchObject([{ id: 0, name: 'a' }]);
  });

  it('gives an event to the newest wait, so that one which was abandoned takes nothing', () => {
    const engine = new Engine();
    const actions: OrchestratorAction[] = [{ actionType: 11, compoundActions: [event('E'), timer(T0 + 1)] }, event('E'), activity('a')];
    engine.turn(T0, actions);
    expect(engine.turn(T0 + 1, actions, fired(0))).toEqual([]);
    expect(engine.turn(T0 + 2, actions, raised('E'))).toMatchObject([{ is: 'activity', id: 1 }]);
  });

  it('names a sub-orchestration without an id after the execution and its number', () => {
    expect(new Engine().turn(T0, [{ actionType: 2, functionName: 'child', input: { a: 1 } }])).toEqual([
      { is: 'sub', id: 0, name: 'child', instanceId: 'exec:0', version: null, input: '{"a":1}' },
    ]);
  });

  it('encodes the input of continueAsNew as JSON, a string that the library encoded already once more', () => {
    const engine = new Engine();
    engine.turn(T0, [{ actionType: 4, input: '"s"' }]);
    expect(engine.last).toMatchObject({ isSettled: true, continueWith: JSON.stringify('"s"') });
  });

  it('ignores results of tasks that are not open', () => {
    const engine = new Engine();
    engine.turn(T0, [activity('a')]);
    engine.turn(T0 + 1, [activity('a')], completed(0));
    expect(() => engine.turn(T0 + 2, [activity('a')], completed(0), fired(7))).not.toThrow();
  });

  it('refuses code that schedules something else than its history holds, and says what', () => {
    const engine = new Engine();
    engine.turn(T0, [activity('a')]);
    expect(() => engine.turn(T0 + 1, [activity('b')])).toThrow(
      "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence number 0 named 'a', " +
        "but the current orchestration replay instead scheduled an activity task named 'b' with this sequence number. " +
        'Was a change made to the orchestrator code after this instance had already started running?',
    );
    expect(() => engine.turn(T0 + 1, [])).toThrow(
      "scheduled an activity task with sequence ID 0 and name 'a' (version ''), but the current replay execution hasn't (yet?) scheduled this task.",
    );
    expect(() => engine.turn(T0 + 1, [timer(T0)])).toThrow(
      "named 'a', but the current orchestration replay instead produced a CreateTimerOrchestratorAction action with this sequence number.",
    );
  });

  it('takes a name in another case for the same, as Azure does', () => {
    const engine = new Engine();
    engine.turn(T0, [activity('Work')]);
    expect(() => engine.turn(T0 + 1, [activity('work')])).not.toThrow();
  });

  it('keeps events that come after continueAsNew for the next execution, and drops those that came before', () => {
    const engine = new Engine();
    const actions: OrchestratorAction[] = [event('Go'), { actionType: 4, input: 1 }];
    engine.turn(T0, actions, raised('early'), raised('Go'), raised('late'));
    expect(engine.last?.carriedOver).toMatchObject([{ Name: 'late' }]);
  });

  it('numbers a call, a signal, a lock request and each release once, and the answer to a call not at all', () => {
    const engine = new Engine();
    const target = { instanceId: '@counter@a', operation: 'add' };
    const lockSet = ['b', 'a'].map((key) => ({ name: 'Counter', key }));
    const actions: OrchestratorAction[] = [
      { actionType: 9, ...target },
      { actionType: 13, lockSet, lockRequestId: 'lock' },
      { actionType: 7, ...target, input: 'x' },
      { actionType: 14 },
      activity('after'),
    ];
    const first = engine.turn(T0, actions);
    expect(first).toMatchObject([
      { is: 'send', id: 0, name: 'op', instanceId: '@counter@a' },
      { is: 'send', id: 1, name: 'op', instanceId: '@counter@a' },
    ]);
    expect(JSON.parse(input(first[1]))).toEqual({
      op: null,
      id: 'lock',
      lockset: [
        { name: 'counter', key: 'a' },
        { name: 'counter', key: 'b' },
      ],
      pos: 0,
      parent: 'instance',
      parentExecution: 'exec',
    });
    const [call] = engine.turn(T0 + 1, actions, raised('lock'));
    expect(call).toMatchObject({ is: 'send', id: 2 });
    const { id, ...rest } = JSON.parse(input(call)) as Record<string, string>;
    expect(rest).toEqual({ op: 'add', input: '"x"', parent: 'instance', parentExecution: 'exec' });
    expect(engine.turn(T0 + 2, actions, raised(id ?? ''))).toMatchObject([
      { is: 'send', id: 3, name: 'release', instanceId: '@counter@b' },
      { is: 'send', id: 4, name: 'release', instanceId: '@counter@a' },
      { is: 'activity', id: 5, name: 'after' },
    ]);
  });

  it('releases what is still locked when the orchestrator is over', () => {
    const engine = new Engine();
    const actions: OrchestratorAction[] = [{ actionType: 13, lockSet: [{ name: 'c', key: 'k' }], lockRequestId: 'lock' }];
    engine.turn(T0, actions);
    engine.isOver = true;
    expect(engine.turn(T0 + 1, actions, raised('lock'))).toMatchObject([{ is: 'send', id: 1, name: 'release', instanceId: '@c@k' }]);
  });

  it('polls callHttp by a timer and a further activity as long as the answer is 202', () => {
    const engine = new Engine();
    const httpRequest = { method: 'POST', uri: 'http://x/', content: 'c', headers: { 'x-functions-key': 'k', a: 'b' } };
    const actions: OrchestratorAction[] = [{ actionType: 8, httpRequest }];
    const answered = (id: number, statusCode: number, headers: Record<string, string> = {}): [number, EventFields] => [
      EVENT.TaskCompleted,
      { TaskScheduledId: id, Result: JSON.stringify({ statusCode, headers, content: '' }) },
    ];
    expect(engine.turn(T0, actions)).toMatchObject([{ id: 0, name: 'BuiltIn::HttpActivity' }]);
    expect(engine.turn(T0 + 1, actions, answered(0, 202, { Location: 'http://x/status', 'Retry-After': '5' }))).toEqual([
      { is: 'timer', id: 1, fireAt: T0 + 5001 },
    ]);
    const [poll] = engine.turn(T0 + 5001, actions, fired(1));
    expect(poll).toMatchObject({ id: 2, name: 'BuiltIn::HttpActivity' });
    expect(JSON.parse(input(poll))).toEqual({ method: 'GET', uri: 'http://x/status', headers: { a: 'b' } });
    expect(engine.turn(T0 + 6000, actions, answered(2, 202, { location: 'http://x/status' }))).toEqual([
      { is: 'timer', id: 3, fireAt: T0 + 36_000 },
    ]);
    engine.turn(T0 + 36_000, actions, fired(3));
    engine.turn(T0 + 36_001, actions, answered(4, 200));
    expect(engine.last?.isSettled).toBe(true);
  });

  it('goes through ten thousand signals in a row', () => {
    const signal: OrchestratorAction = { actionType: 9, instanceId: '@c@k', operation: 'add' };
    expect(
      new Engine().turn(
        T0,
        Array.from({ length: 10_000 }, () => signal),
      ),
    ).toHaveLength(10_000);
  });

  it('gives a timer that is due already no number while a long timer runs', () => {
    const actions: OrchestratorAction[] = [{ actionType: 12, compoundActions: [timer(T0 + 10 * DAY), timer(T0), activity('a')] }];
    expect(new Engine().turn(T0, actions)).toMatchObject([
      { is: 'timer', id: 0 },
      { is: 'activity', id: 1 },
    ]);
  });
});

function input(decision: Decision | undefined): string {
  return decision && 'input' in decision ? (decision.input ?? '') : '';
}
