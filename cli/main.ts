import { createClient } from './client.ts';
import { createProgram } from './program.ts';

await createProgram(createClient(process.env)).parseAsync();
