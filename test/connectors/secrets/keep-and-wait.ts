import { openSealedFileSecrets } from '../../../shared/connectors/secrets/sealed-file-secrets.ts';

// Keeps one secret in the folder given, says so, and waits to be killed.
const secrets = await openSealedFileSecrets({ folder: process.argv[2] ?? '', configured: {} });
await secrets.keep('pass/1', 'code-42', 2_000);
process.stdout.write('kept');
setInterval(() => undefined, 1_000);
