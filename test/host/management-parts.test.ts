import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { openDatabase } from '../../host/data/open-database.ts';
import { managementUrls } from '../../host/durable/client-urls.ts';
import { EVENT, historyEvent } from '../../host/durable/history-event.ts';
import type { EventFields, HistoryEvent } from '../../host/durable/history-event.ts';
import { listStatements } from '../../host/durable/instance-list.ts';
import { Query } from '../../host/durable/query.ts';
import { rewindHistory } from '../../host/durable/rewind-history.ts';
import { runsVersion } from '../../host/durable/version-match.ts';
import { scratchFolder } from './support/host-process.ts';

describe('The list of instances', () => {
  const scratch = scratchFolder();
  let database: DatabaseSync;

  beforeAll(() => {
    database = openDatabase(join(scratch.path, 'host.sqlite'));
  });
  afterAll(() => {
    database.close();
    scratch.remove();
  });

  const after = { createdAt: 5, key: 7, id: 'run-5' };
  it.each([
    ['everything', {}, ['instance_created']],
    ['the next page', { after }, ['instance_created']],
    ['a period', { createdFrom: 1, createdTo: 9, statuses: ['Completed', 'Running'] }, ['instance_created']],
    ['what runs', { statuses: ['Running'], createdFrom: 1, after }, ['instance_live']],
    ['what runs or failed', { statuses: ['Running', 'Pending', 'Failed'] }, ['instance_live', 'instance_stopped']],
    ['ids with a prefix', { idPrefix: 'run-', statuses: ['Running'] }, ['sqlite_autoindex_instance_1']],
    ['the next page of ids with a prefix', { idPrefix: 'run-', after }, ['sqlite_autoindex_instance_1']],
  ])('goes down an index, and sorts nothing, for %s', (_, filter, indexes) => {
    const plans = listStatements({ ...filter, limit: 10 }).map(({ sql, values }) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values)
        .map((row) => String(row['detail'])),
    );
    expect(plans).toEqual(indexes.map((index) => [expect.stringContaining(`USING INDEX ${index}`)]));
  });

  it('asks for nothing where a state is wanted that no instance of this host has', () => {
    expect(listStatements({ statuses: ['Canceled'], limit: 10 })).toEqual([]);
  });
});

describe('The addresses that the durable client is given', () => {
  it('are those of every operation on an instance, with a place for its id', () => {
    const urls = managementUrls({ url: 'http://h', hubName: 'Hub', key: 'k', rpcSecret: 's' }, 'INSTANCEID');
    const operations = Object.values(urls).map((url) => url.replace(/^.*instances\/INSTANCEID|\?.*$/g, ''));
    expect(operations).toEqual([
      'INSTANCEID',
      '',
      '/raiseEvent/{eventName}',
      '/terminate',
      '/rewind',
      '',
      '/restart',
      '/suspend',
      '/resume',
    ]);
  });
});

describe('The query of a request', () => {
  const query = (text: string): Query => new Query(new URL(`http://127.0.0.1/?${text}`));

  it('takes a time without a zone as UTC, and none that cannot be understood', () => {
    for (const text of [
      '2026-01-02',
      '2026-01-02T00:00:00',
      '2026-01-02%2000:00:00',
      '2026-01-02T00:00:00.0000000Z',
      '2026-01-02T02:00:00%2B02:00',
    ])
      expect(query(`at=${text}`).time('at'), text).toBe(Date.parse('2026-01-02T00:00:00Z'));
    for (const text of ['', 'yesterday', '2026-01-02T00:00:00+02:00']) expect(query(`at=${text}`).time('at'), text).toBeUndefined();
  });

  it('takes seconds with a fraction, whole counts above zero, and truth in any case', () => {
    expect([query('t=0.25').seconds('t'), query('t=').seconds('t'), query('t=-1').seconds('t')]).toEqual([250, undefined, undefined]);
    expect([query('TOP=5').count('top'), query('top=0').count('top'), query('top=x').count('top')]).toEqual([5, undefined, undefined]);
    expect([query('a=TRUE').flag('A'), query('a=false').flag('a'), query('a=1').flag('a')]).toEqual([true, false, undefined]);
  });
});

describe('A version', () => {
  const runs = (match: 'None' | 'Strict' | 'CurrentOrOlder', own: string | undefined, version: string): boolean =>
    runsVersion({ own, match, onMismatch: 'Reject' }, version);

  it('is run where it is not newer than the app, compared part by part; none is older than any', () => {
    for (const version of ['', '1.9', '1.10']) expect(runs('CurrentOrOlder', '1.10', version), version).toBe(true);
    for (const version of ['1.11', '1.10.0', '2']) expect(runs('CurrentOrOlder', '1.10', version), version).toBe(false);
    expect(runs('CurrentOrOlder', 'beta', 'ALPHA')).toBe(true);
    expect(runs('CurrentOrOlder', 'Beta', 'gamma')).toBe(false);
  });

  it('has to be the same letter for letter where that is asked for, and may be any where none is, or the app has none', () => {
    expect([runs('Strict', '1.0', '1.0'), runs('Strict', '1.0', '1.0.0'), runs('Strict', '1.0', '')]).toEqual([true, false, false]);
    expect([runs('None', '1.0', '9.9'), runs('CurrentOrOlder', undefined, '9.9')]).toEqual([true, true]);
  });
});

describe('The rewind of a history', () => {
  const at = (type: number, fields: EventFields = {}, id = -1): HistoryEvent => historyEvent(type, 0, fields, id);
  const keepNone = (): boolean => false;

  it('voids what never ended, and what the code decided where it failed, so that it is decided again', () => {
    const events = [
      at(EVENT.TaskScheduled, { Name: 'a' }, 0),
      at(EVENT.TaskScheduled, { Name: 'b' }, 1),
      at(EVENT.TimerCreated, {}, 2),
      at(EVENT.TimerCreated, {}, 3),
      at(EVENT.OrchestratorStarted),
      at(EVENT.TaskCompleted, { TaskScheduledId: 0 }),
      at(EVENT.TimerFired, { TimerId: 3 }),
      at(EVENT.EventSent, { Name: 'from the code that failed' }, 4),
    ];
    const rewound = rewindHistory(events, keepNone);
    expect(rewound.voided.map((event) => event.EventId)).toEqual([1, 2, 4]);
    expect(rewound.events.map((event) => event.EventType)).toEqual([
      EVENT.TaskScheduled,
      EVENT.GenericEvent,
      EVENT.GenericEvent,
      EVENT.TimerCreated,
      EVENT.OrchestratorStarted,
      EVENT.TaskCompleted,
      EVENT.TimerFired,
      EVENT.GenericEvent,
    ]);
  });

  it('leaves a sub-orchestration that will end by itself, and an event that was sent before the failure', () => {
    const events = [
      at(EVENT.SubOrchestrationCreated, { InstanceId: 'kept' }, 0),
      at(EVENT.SubOrchestrationCreated, { InstanceId: 'lost' }, 1),
      at(EVENT.EventSent, { Name: 'x' }, 2),
      at(EVENT.SubOrchestrationFailed, { TaskScheduledId: 0 }),
      at(EVENT.EventRaised, { Name: 'y' }),
      at(EVENT.EventSent, { Name: 'z' }, 3),
    ];
    const rewound = rewindHistory(events, (created) => created.InstanceId === 'kept');
    expect(rewound.events.map((event) => event.Reason ?? event.EventType)).toEqual([
      EVENT.SubOrchestrationCreated,
      'Rewound: SubOrchestrationInstanceCreated',
      EVENT.EventSent,
      'Rewound: SubOrchestrationInstanceFailed',
      EVENT.EventRaised,
      'Rewound: EventSent',
    ]);
  });
});
