import { join } from 'node:path';
import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { readJsonFile } from '../settings/read-json-file.ts';
import { firstDurableKey, readMasterKey, writeMasterKey } from './master-key.ts';
import { newKey } from './new-key.ts';
import { writePrivateFile } from './write-private-file.ts';

/** Keys by their names. */
export type Keys = Readonly<Record<string, string>>;

/** A set of keys: those of the host for all functions, the system keys of extensions, or those of one function. */
export type KeyScope = { readonly is: 'functionkeys' | 'systemkeys' } | { readonly is: 'function'; readonly name: string };

/** The name of the system key of the durable HTTP API, as Azure names it. */
const DURABLE_KEY = 'durabletask_extension';

const names = z.record(z.string(), z.string().min(1));
const keyFile = z.object({ functionKeys: names, systemKeys: names, functions: z.record(z.string(), names).default({}) });
type KeyFile = z.infer<typeof keyFile>;

/**
 * The keys of a host (https://learn.microsoft.com/azure/azure-functions/function-keys-how-to): the master key, host keys and system keys, and
 * the keys of each function. They are made at the first start and kept in the data folder, in `master-key` and `keys.json` (mode 600);
 * what a method has changed is on disk when it returns. The host is the only one that writes them.
 */
export class HostKeys {
  readonly #folder: string;
  #master: string;
  #keys: KeyFile;

  private constructor(folder: string, master: string, keys: KeyFile) {
    this.#folder = folder;
    this.#master = master;
    this.#keys = keys;
  }

  /** Reads the keys of a data folder, and makes them where there are none. Throws `HostError` that names the file. */
  static open(folder: string): HostKeys {
    const master = readMasterKey(folder);
    const kept = readKeyFile(join(folder, 'keys.json'));
    const keys = kept ?? { functionKeys: { default: newKey() }, systemKeys: { [DURABLE_KEY]: firstDurableKey(master) }, functions: {} };
    const opened = new HostKeys(folder, master, keys);
    if (!kept) opened.#store();
    return opened;
  }

  get master(): string {
    return this.#master;
  }

  /** The system key of the durable HTTP API. */
  get durable(): string {
    return this.#keys.systemKeys[DURABLE_KEY] ?? this.set({ is: 'systemkeys' }, DURABLE_KEY, undefined).value;
  }

  /** Gives each function that has no keys yet a key named `default`. */
  addFunctions(functionNames: readonly string[]): void {
    const missing = functionNames.filter((name) => this.#keys.functions[name.toLowerCase()] === undefined);
    if (missing.length === 0) return;
    for (const name of missing) this.#keys.functions[name.toLowerCase()] = { default: newKey() };
    this.#store();
  }

  /** The keys of a scope. */
  list(scope: KeyScope): Keys {
    return { ...this.#scope(scope) };
  }

  /** The keys that open a function whose level is `function`: its own, those of the host, and the master key. */
  ofFunction(name: string): readonly string[] {
    return [...Object.values(this.#keys.functions[name.toLowerCase()] ?? {}), ...Object.values(this.#keys.functionKeys), this.#master];
  }

  /** Sets a key, to a new one where none is given; says whether there was none of this name. */
  set(scope: KeyScope, name: string, value = newKey()): { readonly value: string; readonly isNew: boolean } {
    const keys = this.#scope(scope);
    const isNew = !Object.hasOwn(keys, name);
    keys[name] = value;
    this.#store();
    return { value, isNew };
  }

  /** Replaces the master key, by a new one where none is given. */
  setMaster(value = newKey()): string {
    writeMasterKey(this.#folder, value);
    this.#master = value;
    return value;
  }

  /** Removes a key; false where there is none of this name. */
  remove(scope: KeyScope, name: string): boolean {
    const keys = this.#scope(scope);
    if (!Object.hasOwn(keys, name)) return false;
    delete keys[name];
    this.#store();
    return true;
  }

  #scope(scope: KeyScope): Record<string, string> {
    if (scope.is === 'function') return (this.#keys.functions[scope.name.toLowerCase()] ??= {});
    return scope.is === 'systemkeys' ? this.#keys.systemKeys : this.#keys.functionKeys;
  }

  #store(): void {
    writePrivateFile(join(this.#folder, 'keys.json'), `${JSON.stringify(this.#keys, undefined, 2)}\n`);
  }
}

function readKeyFile(file: string): KeyFile | undefined {
  try {
    return readJsonFile(file, keyFile);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new HostError(`${error.message}. Restore it, or delete it; the host then makes new keys at its next start.`);
  }
}
