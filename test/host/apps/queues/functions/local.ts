import { app } from '@azure/functions';

app.http('connection', { handler: () => ({ body: process.env['GATEHOUSE_SERVICEBUS'] ?? '' }) });
