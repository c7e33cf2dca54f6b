/** Which entities each orchestration has locked. */
export class LockHolders {
  readonly #byHolder = new Map<string, Set<string>>();
  readonly #byEntity = new Map<string, string>();

  /** `holder` is the orchestration's instance id; `null` where nobody holds the lock. */
  set(entityId: string, holder: string | null): void {
    const before = this.#byEntity.get(entityId);
    if (before === (holder ?? undefined)) return;
    if (before !== undefined) this.#drop(entityId, before);
    if (holder === null) return;
    this.#byEntity.set(entityId, holder);
    const held = this.#byHolder.get(holder) ?? new Set();
    this.#byHolder.set(holder, held.add(entityId));
  }

  entitiesOf(holder: string): readonly string[] {
    return [...(this.#byHolder.get(holder) ?? [])];
  }

  #drop(entityId: string, holder: string): void {
    this.#byEntity.delete(entityId);
    const held = this.#byHolder.get(holder);
    held?.delete(entityId);
    if (held?.size === 0) this.#byHolder.delete(holder);
  }
}
