import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { graphUses } from '../../shared/connectors/http/graph-uses.ts';
import { runBin, runCommand } from './run-command.ts';
import { sample } from './sample-answers.ts';
import { type Answer, problem, type ScriptedApi, scriptedApi } from './scripted-api.ts';

let folder = '';
let api: ScriptedApi | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
  writeFileSync(join(folder, 'token'), 'token-of-the-operator\n');
});
afterEach(async () => {
  await api?.stop();
  api = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command against an API that answers so, with the token in the data folder. */
async function ask(args: readonly string[], answers: Readonly<Record<string, Answer>>, run = runCommand) {
  api = await scriptedApi(answers);
  return run(args, { GATEHOUSE_PUBLIC_URL: api.url, GATEHOUSE_DATA_DIR: folder });
}

const ok = (body: unknown): Answer => ({ status: 200, body });
/** The lines of a table, each as its cells. */
const cells = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/).filter((cell) => cell !== ''));

describe('the command line', () => {
  it('lists what has to be granted in Microsoft Graph, and which call needs what', async () => {
    const answers = { '/api/permissions': ok({ graph: graphUses }) };
    const uses = await ask(['permissions'], answers);
    expect(uses.code).toBe(0);
    expect(cells(uses.stdout)[0]).toEqual(['PERMISSION', 'FOR']);
    expect(cells(uses.stdout)).toContainEqual(['User.RevokeSessions.All', 'ends sessions']);
    await api?.stop();
    const calls = await ask(['permissions', '--calls'], answers);
    expect(cells(calls.stdout)).toContainEqual(['Mail.Send', 'POST /users/{user-id}/messages/{message-id}/send']);
    expect(cells(calls.stdout)).toHaveLength(1 + graphUses.flatMap((use) => use.calls).length);
  });

  it('lists runs with person, state and what was left undone, by the token in the data folder', async () => {
    const { code, stdout, stderr } = await ask(['runs'], { '/api/runs?': ok(sample.runs) }, runBin);
    expect([code, stderr]).toEqual([0, '']);
    expect(cells(stdout)).toEqual([
      ['RUN', 'PERSON', 'WORKFLOW', 'STATE', 'PLANNED', 'NOTE'],
      [
        'run-2',
        "Zoe O'Brien",
        'joiner-hybrid',
        'done-with-gaps',
        '2026-11-21T04:42:25.600Z',
        'licences: No seat of Microsoft 365 E3 is left.',
      ],
      ['run-1', '葵 山本', 'joiner-hybrid', 'planned', '2026-11-21T04:42:25.600Z'],
    ]);
    expect(api?.asked.map(({ token }) => token)).toEqual(['Bearer token-of-the-operator']);
  });

  it('asks only for runs in a state and of a person, and says when there are none', async () => {
    const { code, stdout } = await ask(['runs', '--state', 'held', '--person', 'generic:10142'], {
      '/api/runs?state=held&person=generic%3A10142': ok({ runs: [] }),
    });
    expect([code, stdout]).toEqual([0, 'No runs.\n']);
  });

  it('shows one run step by step, with what each did and how often it was tried', async () => {
    const { code, stdout } = await ask(['runs', 'run-2'], { '/api/runs/run-2': ok(sample.run) });
    expect(code).toBe(0);
    expect(stdout).toContain("Zoe O'Brien: joiner-hybrid, done-with-gaps (licences: No seat of Microsoft 365 E3 is left.)");
    expect(cells(stdout)).toContainEqual(['ad-account', 'done', '3', 'account zoe.obrien@contoso.example created']);
    expect(cells(stdout)).toContainEqual(['licences', 'skipped', '1', 'No seat of Microsoft 365 E3 is left.']);
  });

  it('shows a person with accounts as they are now, what they hold and why', async () => {
    const { code, stdout } = await ask(['person', 'generic:10142'], { '/api/people/generic%3A10142': ok(sample.person) });
    expect(code).toBe(0);
    const lines = cells(stdout);
    expect(lines).toContainEqual(['generic:10142', 'employee', 'active', 'from 2026-11-21']);
    expect(lines).toContainEqual(['ad:contoso', 'cfa88b13', 'created', 'enabled']);
    expect(lines).toContainEqual(['entra:contoso', '49c845e7', 'synced', 'disabled']);
    expect(lines).toContainEqual(['oci:contoso', '6458f155', 'adopted', 'OCI IAM did not answer in time.']);
    expect(lines).toContainEqual(['ad:contoso', 'group', 'd1000000', 'rule employees@4869dab8, observed baseline']);
    expect(lines).toContainEqual(['run-2', 'joiner-hybrid', 'done-with-gaps']);
  });

  it('lists what waits for a decision, and why', async () => {
    const { code, stdout } = await ask(['holds'], { '/api/holds': ok(sample.holds) });
    expect(code).toBe(0);
    expect(cells(stdout)).toContainEqual([
      '2026-11-21T04:42:26.000Z',
      'run',
      'brake',
      'The brake on “create” in ad:contoso is at its limit.',
      'run-2',
      'hold-1',
    ]);
  });

  it('says that nothing is held when nothing is', async () => {
    expect(await ask(['holds'], { '/api/holds': ok({ holds: [] }) })).toEqual({ code: 0, stdout: 'Nothing is held.\n', stderr: '' });
  });

  it('lists refused events with the reason, and how many events stand where', async () => {
    const { code, stdout } = await ask(['events'], { '/api/events': ok(sample.events) });
    expect(code).toBe(0);
    expect(stdout).toContain('1 received, 12 folded, 0 stale, 0 held, 0 rejected; 1 refused');
    expect(cells(stdout)).toContainEqual(['2026-11-21T04:42:26.609Z', 'generic', 'occurredAt is required; worker is required']);
  });
});

describe('the command line, when it cannot', () => {
  it('repeats a refusal of the API in its own words and ends with code 1', async () => {
    const detail = 'Several people have the worker id 10142: ask for generic:10142 or payroll:10142.';
    const answer = await ask(['person', '10142'], { '/api/people/10142': problem(409, 'ambiguous', detail) });
    expect(answer).toEqual({ code: 1, stdout: '', stderr: `${detail}\n` });
  });

  it('names the status of a refusal that says nothing', async () => {
    expect(await ask(['holds'], { '/api/holds': { status: 502, body: 'Bad Gateway' } })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The API answered 502.\n',
    });
  });

  it('says where a token was looked for when there is none, and asks nothing', async () => {
    rmSync(join(folder, 'token'));
    const { code, stderr } = await ask(['runs'], {});
    expect([code, stderr]).toEqual([
      1,
      `There is no token in ${join(folder, 'token')}. Start Gatehouse with npm start, or set GATEHOUSE_TOKEN.\n`,
    ]);
    expect(api?.asked).toEqual([]);
  });

  it('uses the token that it is given, rather than the one in the data folder', async () => {
    api = await scriptedApi({ '/api/holds': ok({ holds: [] }) });
    const { code } = await runCommand(['holds'], {
      GATEHOUSE_PUBLIC_URL: api.url,
      GATEHOUSE_DATA_DIR: folder,
      GATEHOUSE_TOKEN: 'token-of-mine',
    });
    expect([code, api.asked]).toEqual([0, [{ path: '/api/holds', token: 'Bearer token-of-mine' }]]);
  });

  it('says that nothing answers, at which address, and what to do', async () => {
    const closed = await scriptedApi({});
    await closed.stop();
    const { code, stdout, stderr } = await runCommand(['runs'], { PORT: new URL(closed.url).port, GATEHOUSE_DATA_DIR: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `Nothing answers at ${closed.url}. Is Gatehouse running (npm start)? Another address is set with GATEHOUSE_PUBLIC_URL.\n`,
    );
  });

  it('names a command that it does not know, shows its help, and fails', async () => {
    const { code, stdout, stderr } = await runBin(['frobnicate'], {});
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain("unknown command 'frobnicate'");
    for (const command of ['runs', 'person', 'holds', 'events']) expect(stderr).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  });

  it('shows its help and fails when it is asked for nothing', async () => {
    const { code, stderr } = await runCommand([], {});
    expect([code, stderr]).toEqual([1, expect.stringContaining('Usage: gatehouse')]);
  });
});
