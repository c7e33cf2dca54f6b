import { app } from '@azure/functions';
import { appendFileSync } from 'node:fs';

app.get('greet', {
  route: '%SEGMENT%/{name=world}',
  handler: (request) => ({ body: `${process.env['GREETING']} ${process.env['OTHER']} ${request.params['name']}` }),
});
app.get('off', { handler: () => ({ body: 'never' }) });
app.timer('offTimer', {
  schedule: '0 0 0 1 1 *',
  runOnStartup: true,
  handler: (timer) => appendFileSync(process.env['EFFECTS'] ?? '', `off ${timer.isPastDue}\n`),
});
