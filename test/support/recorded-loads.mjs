// Preloaded into a process (--import): keeps the address of every module that is loaded from then on, in globalThis.loadedModules.
import { registerHooks } from 'node:module';

const loaded = new Set();
globalThis.loadedModules = loaded;
registerHooks({
  load(url, context, nextLoad) {
    loaded.add(url);
    return nextLoad(url, context);
  },
});
