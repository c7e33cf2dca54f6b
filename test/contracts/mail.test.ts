import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailing } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required } from './expected.ts';

describe('mail by Graph', () => {
  const signal = AbortSignal.timeout(60_000);
  const letter = { to: ['helpdesk@contoso.example'], subject: 'Zoë & co', html: '<p>Hello <b>Zoë</b></p>' };
  let contoso: Contoso;
  const reads = () => required(contoso.targets.mail.reads.mail);
  const writes = () => required(contoso.targets.mail.writes.mail);
  beforeAll(async () => {
    contoso = await startContoso();
  });
  afterAll(() => contoso.stop());

  it('finds a mail under its key as a draft, then as sent, under one id', async () => {
    const key = "run-1/step'2";
    expect(await reads().stateOf(key, signal)).toEqual({ is: 'absent' });
    const draft = idOf(await writes().draft(mailing(key), letter, signal));
    expect(await reads().stateOf(key, signal)).toEqual({ is: 'draft', id: draft });
    expect(await writes().send(mailing(key), draft, signal)).toMatchObject({ is: 'accepted' });
    expect(await reads().stateOf(key, signal)).toMatchObject({ is: 'sent' });
  });

  it('tells mails of different keys apart', async () => {
    await writes().draft(mailing('key-a'), letter, signal);
    expect(await reads().stateOf('key-b', signal)).toEqual({ is: 'absent' });
  });

  it('finds a mail as sent whose sending was not answered', async () => {
    const draft = idOf(await writes().draft(mailing('key-lost'), letter, signal));
    nextCallFails(contoso, 'graph', 'messages.send', { phase: 'after', effect: { reset: true } });
    expect(await writes().send(mailing('key-lost'), draft, signal)).toMatchObject({ is: 'lost' });
    expect(await reads().stateOf('key-lost', signal)).toMatchObject({ is: 'sent' });
  });

  it('finds the draft of which it was not told', async () => {
    nextCallFails(contoso, 'graph', 'messages.create', { phase: 'after', effect: { reset: true } });
    expect(await writes().draft(mailing('key-draft'), letter, signal)).toMatchObject({ is: 'lost' });
    expect(await reads().stateOf('key-draft', signal)).toMatchObject({ is: 'draft' });
  });

  it('refuses to send a draft that is gone', async () => {
    expect(await writes().send(mailing('key-gone'), 'no-such-draft', signal)).toMatchObject({ is: 'refused' });
  });
});
