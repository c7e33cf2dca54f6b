import { dateAt } from './calendar.ts';
import { paint } from './paint.ts';

/** Three lines to paste into another terminal: hire somebody, plan her leaving, and end this process the hard way and begin again. `now` is the world's time in milliseconds. */
export function closingWords(place: { readonly productUrl: string; readonly now: number; readonly pid: number }): readonly string[] {
  const event = {
    id: `evt-30042-${Math.floor(place.now / 1000)}`,
    occurredAt: new Date(place.now).toISOString(),
    worker: {
      workerId: '30042',
      status: 'active',
      workerType: 'employee',
      name: { given: 'Nadia', family: 'Ferreira' },
      jobTitle: 'Engineer',
      jobCode: 'ENG2',
      department: 'Platform',
      location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
      managerId: '10001',
      hireDate: dateAt(place.now, 'Europe/Lisbon'),
      timeZone: 'Europe/Lisbon',
    },
  };
  const signature = `t=$t,v1=$(printf %s "$t.$b" | openssl dgst -sha256 -hmac sandbox-hr-secret -r | cut -d' ' -f1)`;
  return [
    paint.bold('Paste into another terminal, in this folder:'),
    `${paint.dim('# hire Nadia')}`,
    `b='${JSON.stringify(event)}'; t=$(date +%s); curl -sS ${place.productUrl}/api/hr/generic -H 'Content-Type: application/json' -H "Gatehouse-Signature: ${signature}" --data-binary "$b"`,
    `${paint.dim('# plan her leaving: every change, and nothing is written')}`,
    'npx --no gatehouse plan leaver --person 30042',
    `${paint.dim('# kill me, and run again: everything goes on from where it was')}`,
    `kill -9 ${place.pid}; npm start`,
  ];
}
