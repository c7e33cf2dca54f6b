import { describe, expect, it } from 'vitest';
import { createPinoLog, type LogRecord } from '../../../shared/connectors/log/pino-log.ts';
import { scrubText } from '../../../shared/connectors/log/scrub-text.ts';
import { GatehouseError } from '../../../shared/errors.ts';
import { atWork, noteWork } from '../../../shared/telemetry/work-at-hand.ts';

type Log = ReturnType<typeof createPinoLog>;

function logged(write: (log: Log) => void): string {
  const lines: string[] = [];
  write(createPinoLog({ to: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  it('writes a line of JSON with message, level and fields', () => {
    expect(JSON.parse(logged((log) => log.warn('slow', { runId: 'r1' })))).toMatchObject({ msg: 'slow', level: 40, runId: 'r1' });
  });

  it.each(['password', 'secret', 'token', 'authorization', 'displayName', 'worker'])(
    'never shows a field named %s, which is not in the table',
    (name) => {
      expect(logged((log) => log.info('x', { [name]: 'hush', runId: 'r1' }))).not.toContain('hush');
    },
  );

  it('shows no object, whatever is in it', () => {
    expect(logged((log) => log.info('x', { target: { password: 'hush' } }))).not.toContain('hush');
  });

  it('says with each line what is at hand, and in which trace', () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const line = logged((log) =>
      atWork({ function: 'perform-step', runId: 'r1' }, `00-${traceId}-00f067aa0ba902b7-01`, () => {
        noteWork({ personId: 'p1', stepId: 'create-account' });
        log.info('done');
      }),
    );
    expect(JSON.parse(line)).toMatchObject({ function: 'perform-step', runId: 'r1', personId: 'p1', stepId: 'create-account', traceId });
  });

  it('tells whoever else keeps it the same fields', () => {
    const records: LogRecord[] = [];
    createPinoLog({ to: { write: () => undefined }, also: (record) => void records.push(record) }).info('x', {
      kinds: ['a', 'b'],
      count: 2,
    });
    expect(records).toEqual([{ level: 'info', message: 'x', fields: { kinds: 'a, b', count: 2 } }]);
  });

  it('tells of another system’s refusal the code and the request id, and not the words, which may quote somebody', () => {
    const error = new GatehouseError('target-refused', 'Graph answered 400: Zoë O’Brien exists.', {
      systemCode: 'Request_BadRequest',
      requestId: 'q1',
    });
    const line = logged((log) => log.warn('refused', { error }));
    expect(line).not.toContain('Zoë');
    expect(JSON.parse(line)).toMatchObject({ errorCode: 'target-refused', systemCode: 'Request_BadRequest', systemRequestId: 'q1' });
  });

  it('tells of what nobody foresaw the place in the program, and no line of the message with it', () => {
    const line = logged((log) => log.error('failed', { error: new Error('broken "Zoë"\nzoe@example.net') }));
    expect(line).toContain('Error: broken');
    expect(line).toContain('pino-log.test');
    expect(line).not.toMatch(/Zoë|zoe/);
  });
});

describe('a text of somebody else', () => {
  it.each([
    ['no such user zoe.o’brien@contoso.example here', 'no such user *@* here'],
    ["filter employeeId eq '10042'", "filter employeeId eq '*'"],
    ["CN=Zoe O'Brien,OU=PT,OU=People,DC=corp,DC=contoso,DC=example", '*'],
    ['call +351 210 000 000 now', 'call * now'],
    ['Authorization: Bearer abc.def', 'Authorization: *'],
    ['eyJhbGciOi.eyJzdWIi.c2ln was refused', '* was refused'],
    ['the value “Zoë” is taken', 'the value “*” is taken'],
    ['at 2026-11-30T10:00:00Z for 3f2a-77 in 1200 ms', 'at 2026-11-30T10:00:00Z for 3f2a-77 in 1200 ms'],
  ])('%s', (text, scrubbed) => {
    expect(scrubText(text)).toBe(scrubbed);
  });
});
