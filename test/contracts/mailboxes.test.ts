import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import { accountSamples } from './account-samples.ts';
import { creating, updating } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

describe('mailboxes in entra', () => {
  const signal = AbortSignal.timeout(60_000);
  const account = required(company.find(({ workerId }) => workerId === '10003')?.entraId);
  let contoso: Contoso;
  const reply = async (id = account) => required(contoso.targets.entra.reads.mailboxes).mailboxOf(id, signal);
  const write = (autoReply: string | null, id = account) =>
    required(contoso.targets.entra.writes.mailboxes).writeMailbox(updating(id, { autoReply }), signal);
  beforeAll(async () => {
    contoso = await startContoso();
  });
  afterAll(() => contoso.stop());

  it('answer nothing by themselves until they are told to, and nothing again when it is taken back', async () => {
    expect(await reply()).toEqual({ autoReply: null });
    expect(await write('Gone.')).toMatchObject({ is: 'accepted', id: account });
    expect(await reply()).toEqual({ autoReply: 'Gone.' });
    await write(null);
    expect(await reply()).toEqual({ autoReply: null });
  });

  it('answer in plain text, whatever is in it', async () => {
    const text = 'Zoë O\'Brien <zoe@contoso.example> & co. have left.\n"Write" to help@contoso.example.';
    await write(text);
    expect(await reply()).toEqual({ autoReply: text });
    expect(await write(text)).toMatchObject({ is: 'accepted' });
  });

  it('are not there for a user without a licence', async () => {
    const sample = required(accountSamples.find(({ target }) => target === 'entra'));
    const id = idOf(await required(contoso.targets.entra.writes.accounts).create(creating(sample.account(690)), signal));
    expect(await reply(id)).toBeUndefined();
    expect(await write('Gone.', id)).toMatchObject({ is: 'refused', problem: { systemCode: expect.any(String) } });
  });

  it('are lost from sight when the answer is, and seen to answer', async () => {
    nextCallFails(contoso, 'graph', 'mailboxSettings.update', { phase: 'after', effect: { reset: true } });
    expect(await write('Landed')).toMatchObject({ is: 'lost' });
    expect(await reply()).toEqual({ autoReply: 'Landed' });
  });
});
