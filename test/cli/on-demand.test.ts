import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configWith } from '../config/config-with.ts';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { runCommand } from './run-command.ts';

const counters = z.record(z.string(), z.object({ writes: z.number() }));
const graph = z.object({ users: z.array(z.object({ id: z.string(), employeeId: z.string().nullish(), groups: z.array(z.string()) })) });
const peopleTeam = 'a1000000-0000-4000-8000-000000000006';

// One product for all: starting it takes longer than any of the commands.
describe('The command line, against a running Gatehouse', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse;
  let folder = '';
  let token = '';
  beforeAll(async () => {
    gatehouse = await startGatehouse({ webhook: false });
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-demand-'));
    token = await gatehouse.token({ client: 'operator' });
  }, 90_000);
  afterAll(async () => {
    await gatehouse.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const command = (...args: readonly string[]) => runCommand(args, { GATEHOUSE_PUBLIC_URL: gatehouse.product.url, GATEHOUSE_TOKEN: token });
  const writes = async () =>
    Object.entries(counters.parse(await gatehouse.world.get('/counters'))).map(([system, { writes: count }]) => `${system} ${count}`);
  const userOf = async (workerId: string) =>
    graph.parse(await gatehouse.world.get('/state/graph')).users.find(({ employeeId }) => employeeId === workerId);

  it('plans a leaver: every change before and after, nothing written to any system, and how to carry it out', async () => {
    const before = await writes();
    const { code, stdout, stderr } = await command('plan', 'leaver', '--person', '10012');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/leaver-contain\/ad +ad:contoso +update account.* +enabled true → false/);
    expect(stdout).toMatch(/leaver-strip\/ad-groups +ad:contoso +unlink group: GG-Platform/);
    expect(stdout).toMatch(/\d+ changes for 1 of 1 people\. Nothing was written\./);
    expect(stdout).toMatch(/Carry it out: gatehouse run --plan \S+ --hash [0-9a-f]{64} --reason/);
    expect(await writes()).toEqual(before);
  });

  it('plans for everyone, counts it, and writes every change to a file', async () => {
    const file = join(folder, 'everyone.csv');
    const before = await writes();
    const { code, stdout } = await command('plan', 'mover', '--everyone', '--csv-out', file);
    const changes = Number(/(\d+) changes for \d+ of 60 people/.exec(stdout)?.[1]);
    expect([code, changes > 0, await writes()]).toEqual([0, true, before]);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBe(changes + 1);
  });

  it('carries a plan out and refuses what has moved since, says where, and ends with 1', async () => {
    const { stdout: plan } = await command('plan', 'leaver-strip', '--person', '10013');
    const [, planId = '', hash = ''] = /^plan (\S+) {2}hash (\S+)$/m.exec(plan) ?? [];
    await gatehouse.world.post(`/graph/groups/${peopleTeam}/members`, { user: (await userOf('10013'))?.id });
    const wrong = await command('run', '--plan', planId, '--hash', 'another', '--reason', 'leaves', '--yes');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('has another hash')]);
    const { code, stdout } = await command('run', '--plan', planId, '--hash', hash, '--reason', 'leaves', '--yes');
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`leaver-strip +done-with-gaps .*${peopleTeam}.* was not to be done at the plan`));
    expect((await userOf('10013'))?.groups).toContain(peopleTeam);
  });

  it('carries a workflow out for a CSV file of people: a line while it goes on, a table at the end, 0', async () => {
    const file = join(folder, 'people.csv');
    writeFileSync(file, 'Name,Worker ID\n"Ours, first",10014\nanother,10015\n');
    const { code, stdout, stderr } = await command('run', 'contain-now', '--csv', file, '--reason', 'lost laptops', '--yes');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^2\/2 /m)]);
    expect(stdout.match(/contain-now +done +.*ad:contoso ✓/g)?.length).toBe(2);
    expect(stdout).toMatch(/entra:contoso +closed/);
  });

  it('names every line of a file that is wrong, and begins nothing', async () => {
    const file = join(folder, 'wrong.csv');
    writeFileSync(file, 'workerId\n10016\n99999\n');
    const { code, stdout, stderr } = await command('run', 'contain-now', '--csv', file, '--reason', 'r', '--yes');
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/line 3: “99999” Nobody is known/)]);
    expect((await command('runs', '--person', '10016')).stdout).toBe('No runs.\n');
    writeFileSync(file, 'workerId\n10016\n10016\n');
    expect((await command('plan', 'mover', '--csv', file)).stderr).toContain('line 3: “10016” stands on line 2 already');
  });

  it('carries nothing out that nobody was asked about or has a reason for', async () => {
    const unasked = await command('run', 'contain-now', '--person', '10016', '--reason', 'r');
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('--yes')]);
    const unexplained = await command('run', 'contain-now', '--person', '10016', '--yes');
    expect([unexplained.code, unexplained.stderr]).toEqual([1, expect.stringContaining("required option '--reason <text>'")]);
  });

  it('shows a lock, what may be claimed and what remains; a run that came off is not tried again', async () => {
    const person = await command('person', '10014');
    expect(person.stdout).toMatch(/^operator +\S+ +The workflow contain-now closes their access\./m);
    expect(person.stdout).toMatch(/^ad:contoso +closed +closed on/m);
    const id = /^(\S+) .*contain-now/m.exec((await command('runs', '--person', '10014')).stdout)?.[1] ?? '';
    const again = await command('runs', 'retry', id, '--reason', 'once more');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is done: only one that failed')]);
    const undone = await command('runs', 'undo', id, '--reason', 'was somebody else');
    expect([undone.code, undone.stdout]).toEqual([1, expect.stringContaining('Locked by operator')]);
  });

  it('pauses all writing and lets it go on, with a reason', async () => {
    expect((await command('pause', '--reason', 'maintenance')).stdout).toContain('Paused');
    expect((await command('plan', 'contain-now', '--person', '10016')).stdout).toMatch(/Paused by .*maintenance/);
    expect((await command('unpause', '--reason', 'over')).stdout).toContain('Going on');
  });

  it('checks the configuration in use and one in a folder, and names each mistake with its line', async () => {
    expect(await command('validate')).toMatchObject({ code: 0, stdout: expect.stringContaining('The configuration is valid.') });
    const config = configWith([{ file: 'workflows/mover.yaml', from: 'task: update-account', to: 'task: update-acount' }]);
    const { code, stdout } = await command('validate', '--config', config);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^ {2}workflows\/mover\.yaml:9:\d+ .*update-acount/m)]);
  });
});
