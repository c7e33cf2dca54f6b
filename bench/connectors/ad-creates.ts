import { readFileSync } from 'node:fs';
import { Attribute, Client } from 'ldapts';
import { domain, units } from '../../sandbox/directory/domain.ts';
import { createAdTarget } from '../../shared/connectors/ad/create-ad-target.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import type { Attributes } from '../../shared/domain/change.ts';
import { creating } from '../../test/contracts/changes.ts';
import { sambaProgram, startSamba, type RunningSamba } from '../../test/support/samba/start-samba.ts';
import { type Bench, type BenchResult, milliseconds } from '../figures.ts';

const most = 1000;
const fewest = 100;
// They take turns, so that what else the machine does, and how full the directory is, is the same for both.
const turn = 50;
const goal = 1.3;

/** 1,000 creates on a real domain controller (short: 100), each with a password, through the connector and through the plain client that does the same writes. */
export const adCreates: Bench = {
  name: 'ad-creates',
  does: 'creates in Active Directory (Samba), beside the plain LDAP client doing the same writes',
  async run({ short }) {
    if (sambaProgram === undefined)
      return { figures: [['left out', 'there is no Samba here, or no right to provision a domain']], failures: [] };
    const samba = await startSamba();
    try {
      return await measure(samba, short ? fewest : most);
    } finally {
      await samba.stop();
    }
  },
};

async function measure(samba: RunningSamba, count: number): Promise<BenchResult> {
  const ours = connector(samba);
  const plain = await plainClient(samba);
  const failures: string[] = [];
  let [oursMs, plainMs] = [0, 0];
  for (let first = 0; first < count; first += turn) {
    plainMs += await timed(first, (number) => plain.create(number));
    oursMs += await timed(first, async (number) => {
      const problem = await ours.create(number);
      if (problem !== undefined) failures.push(problem);
    });
  }
  await Promise.all([ours.close(), plain.close()]);
  const ratio = oursMs / plainMs;
  const figures = [
    ['creates', `${count} each, ${turn} at a time in turns`],
    ['plain client', `${milliseconds(plainMs)}, ${(plainMs / count).toFixed(1)} ms each`],
    ['connector', `${milliseconds(oursMs)}, ${(oursMs / count).toFixed(1)} ms each`],
    ['ratio', `${ratio.toFixed(2)} (goal: at most ${goal}, ${ratio <= goal ? 'met' : 'missed'})`],
  ] as const;
  return { figures, failures };
}

async function timed(first: number, create: (number: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  for (let number = first; number < first + turn; number += 1) await create(number);
  return performance.now() - began;
}

function attributesOf(who: string, number: number) {
  const name = `${who}${number}`;
  return {
    sAMAccountName: name,
    userPrincipalName: `${name}@contoso.example`,
    displayName: name,
    givenName: who,
    title: 'Engineer',
    department: 'Platform',
    employeeID: `${who}-${number}`,
  };
}

function connector({ address, login }: RunningSamba) {
  const target = createAdTarget(
    { id: 'ad:bench', baseDn: domain.dn, urls: [`ldaps://${address}`], ...login },
    { newPassword: randomPassword },
  );
  return {
    async create(number: number): Promise<string | undefined> {
      const after: Attributes = {
        ...attributesOf('ours', number),
        cn: `Ours ${number}`,
        ou: `OU=PT,${units.people}`,
        enabled: true,
        initialPassword: { secret: 'initial-password' },
      };
      const answer = await target.writes.accounts?.create(creating(after), AbortSignal.timeout(60_000));
      return answer?.is === 'accepted' ? undefined : JSON.stringify(answer);
    },
    close: () => target.close(),
  };
}

async function plainClient({ address, login }: RunningSamba) {
  const client = new Client({ url: `ldaps://${address}`, tlsOptions: { ca: readFileSync(login.caFile), servername: login.serverName } });
  await client.bind(login.user, await login.password());
  return {
    create(number: number): Promise<void> {
      const values = {
        ...attributesOf('plain', number),
        objectClass: ['top', 'person', 'organizationalPerson', 'user'],
        userAccountControl: '512',
      };
      const texts = Object.entries(values).map(([type, value]) => new Attribute({ type, values: [value].flat() }));
      const password = new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${randomPassword()}"`, 'utf16le')] });
      return client.add(`CN=Plain ${number},OU=PT,${units.people}`, [...texts, password]);
    },
    close: () => client.unbind(),
  };
}
