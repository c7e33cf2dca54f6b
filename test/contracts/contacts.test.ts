import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import { updating } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

describe('HR', () => {
  const signal = AbortSignal.timeout(60_000);
  let contoso: Contoso;
  const contactOf = (workerId: string) => required(contoso.targets.hr.reads.contacts).contactOf(workerId, signal);
  const write = (workerId: string, after: Record<string, string | null>, before = {}) =>
    required(contoso.targets.hr.writes.contacts).writeContact(updating(workerId, after, before), signal);
  beforeAll(async () => {
    contoso = await startContoso();
  });
  afterAll(() => contoso.stop());

  it('takes a worker’s new addresses, also of one whom it does not know yet', async () => {
    expect(await contactOf('77/7 #')).toBeUndefined();
    const contact = { email: 'zoe@contoso.example', userPrincipalName: 'zoe@contoso.example' };
    expect(await write('77/7 #', contact)).toMatchObject({ is: 'accepted', id: '77/7 #' });
    expect(await contactOf('77/7 #')).toEqual(contact);
  });

  it('keeps the address that a change does not name, and clears the one that it sets to null', async () => {
    const before = { email: 'a@contoso.example', userPrincipalName: 'a@contoso.example' };
    await write('778', before);
    await write('778', { email: null }, before);
    expect(await contactOf('778')).toEqual({ email: null, userPrincipalName: 'a@contoso.example' });
  });

  it('calls a write-back lost when its answer is, and shows that it landed', async () => {
    nextCallFails(contoso, 'hr', 'workContacts.put', { phase: 'after', effect: { reset: true } });
    expect(await write('779', { email: 'b@contoso.example', userPrincipalName: null })).toMatchObject({ is: 'lost' });
    expect(await contactOf('779')).toEqual({ email: 'b@contoso.example', userPrincipalName: null });
  });

  it('shows one worker with the revision, and nobody under an unknown id', async () => {
    expect(await contoso.source.worker('10001', signal)).toMatchObject({ worker: { workerId: '10001', status: 'active' }, revision: 1 });
    expect(await contoso.source.worker('../state/hr', signal)).toBeUndefined();
  });

  it('passes every worker exactly once', async () => {
    const seen: string[] = [];
    for await (const { worker } of contoso.source.all(signal)) seen.push(worker.workerId);
    expect(seen.toSorted()).toEqual(company.map(({ workerId }) => workerId).toSorted());
  });

  it('reads again when the connection breaks, and after a short wait when it is asked to', async () => {
    nextCallFails(contoso, 'hr', 'workers.get', { phase: 'before', effect: { reset: true } });
    expect(await contoso.source.worker('10002', signal)).toBeDefined();
    nextCallFails(contoso, 'hr', 'workers.get', { phase: 'before', effect: { status: 503, retryAfter: 0.1 } });
    expect(await contoso.source.worker('10002', signal)).toBeDefined();
  });
});
