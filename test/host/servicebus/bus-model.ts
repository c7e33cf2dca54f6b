/** Where a message may stand. `never`: it was not accepted; `gone`: it was, and has been completed or cancelled. */
export type Standing = 'never' | 'active' | 'deferred' | 'scheduled' | 'dead' | 'gone';

/** A message of a queue or subscription, as the model knows it. */
export type Known = {
  readonly path: string;
  readonly id: string;
  readonly may: ReadonlySet<Standing>;
  readonly session: string | undefined;
};

/** What a step does to a message once it is acknowledged. */
export type Change = { readonly path: string; readonly id: string; readonly to: (was: Standing) => Standing; readonly session?: string };

/**
 * What an endpoint must hold, judged by its acknowledgements alone. A step that was not acknowledged before the kill may or may not
 * have been carried out, but not in part.
 */
export class BusModel {
  readonly #known = new Map<string, Known>();
  #open: readonly Change[] = [];

  /** A step is about to be asked for. */
  begin(changes: readonly Change[]): void {
    this.#open = changes;
  }

  /** It has been acknowledged. */
  acknowledged(): void {
    for (const change of this.#open) this.#set(change, new Set([...this.#may(change)].map(change.to)));
    this.#open = [];
  }

  /** The messages that certainly stand so. */
  certain(path: string, standing: Standing): readonly Known[] {
    return [...this.#known.values()].filter((one) => one.path === path && one.may.size === 1 && one.may.has(standing));
  }

  /** Holds what the endpoint shows of a path after a kill against what it may show; gives what is wrong, and believes the rest. */
  judge(path: string, shown: readonly (readonly [id: string, standing: Standing])[]): readonly string[] {
    const actual = new Map(shown);
    const problems = shown.length === actual.size ? [] : [`${path} holds a message twice`];
    const openHere = this.#open.filter((change) => change.path === path);
    const done = openHere.filter((change) => matches(new Set([...this.#may(change)].map(change.to)), actual.get(change.id)));
    const undone = openHere.filter((change) => matches(this.#may(change), actual.get(change.id)));
    if (done.length < openHere.length && undone.length < openHere.length) problems.push(`${path} holds half of a step`);
    for (const change of openHere) this.#set(change, new Set([...this.#may(change), ...[...this.#may(change)].map(change.to)]));
    for (const one of this.#known.values()) {
      if (one.path !== path) continue;
      const standing = actual.get(one.id);
      const left = [...one.may].filter((may) => matches(new Set([may]), standing));
      if (left.length === 0) problems.push(`${path}: ${one.id} is ${standing ?? 'missing'}, not ${[...one.may].join(' or ')}`);
      this.#known.set(key(one), { ...one, may: new Set(left) });
    }
    for (const id of actual.keys()) if (!this.#known.has(key({ path, id }))) problems.push(`${path}: ${id} was never sent`);
    return problems;
  }

  /** All paths have been judged. */
  settled(): void {
    this.#open = [];
  }

  #may(of: { readonly path: string; readonly id: string }): ReadonlySet<Standing> {
    return this.#known.get(key(of))?.may ?? new Set<Standing>(['never']);
  }

  #set({ path, id, session }: Change, may: ReadonlySet<Standing>): void {
    const known = this.#known.get(key({ path, id }));
    this.#known.set(key({ path, id }), { path, id, may, session: session ?? known?.session });
  }
}

function matches(may: ReadonlySet<Standing>, actual: Standing | undefined): boolean {
  return actual === undefined ? may.has('gone') || may.has('never') : may.has(actual);
}

function key({ path, id }: { readonly path: string; readonly id: string }): string {
  return `${path}\n${id}`;
}
