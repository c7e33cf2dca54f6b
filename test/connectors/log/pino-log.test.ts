import { describe, expect, it } from 'vitest';
import { createPinoLog } from '../../../shared/connectors/log/pino-log.ts';

function logged(write: (log: ReturnType<typeof createPinoLog>) => void): string {
  const lines: string[] = [];
  write(createPinoLog({ to: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  it('writes a line of JSON with message, level and fields', () => {
    expect(JSON.parse(logged((log) => log.warn('slow', { runId: 'r1' })))).toMatchObject({ msg: 'slow', level: 40, runId: 'r1' });
  });

  it.each(['password', 'secret', 'token', 'code', 'authorization', 'temporaryAccessPass', 'unicodePwd'])(
    'never shows a field named %s, nor one below another',
    (name) => {
      const line = logged((log) => log.info('x', { [name]: 'hush', under: { [name]: 'hush' } }));
      expect(line).not.toContain('hush');
    },
  );

  it('shows an error by its message, without the stack', () => {
    const line = logged((log) => log.error('failed', { error: new Error('broken') }));
    expect(line).toContain('broken');
    expect(line).not.toContain('pino-log.test');
  });
});
