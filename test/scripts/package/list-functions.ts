// Prints the names of the functions that an app registers, as a host sees them: list-functions.ts <entry file>. Nothing is started.
import { pathToFileURL } from 'node:url';
import { createAppRegistry } from '../../../host/worker/app-registry.ts';
import { installFunctionsCore } from '../../../host/worker/functions-core.ts';

const registry = createAppRegistry();
installFunctionsCore(registry);
await import(pathToFileURL(process.argv[2] ?? '').href);
console.log(JSON.stringify([...registry.functions.keys()].toSorted()));
process.exit(0);
