import { Refusal } from '../refusal.ts';
import { compileRule } from '../rules/compile-rule.ts';
import type { Passes } from '../rules/compile-rule.ts';
import type { FilterableMessage } from '../rules/filterable-message.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleStore } from '../store/rule-store.ts';

/** The rules of one subscription. A change is kept once it has been saved. */
export class SubscriptionRules {
  readonly #store: RuleStore;
  readonly #subscription: number;
  readonly #given: readonly Rule[];
  readonly #rules = new Map<string, { readonly rule: Rule; readonly passes: Passes }>();

  constructor(store: RuleStore, subscription: number, given: readonly Rule[]) {
    this.#store = store;
    this.#subscription = subscription;
    this.#given = given;
    for (const rule of store.settle(subscription, given)) this.#keep(rule);
  }

  /** Whether a message is wanted: at least one rule lets it through. */
  wants(message: FilterableMessage): boolean {
    for (const { passes } of this.#rules.values()) if (passes(message)) return true;
    return false;
  }

  /** In the order in which they came. */
  list(): readonly Rule[] {
    return [...this.#rules.values()].map(({ rule }) => rule);
  }

  /** Adds a rule, for messages to come. Throws a refusal when its name is taken, or its filter cannot be used. */
  add(rule: Rule): void {
    if (this.#rules.has(rule.name.toLowerCase()))
      throw new Refusal('com.microsoft:entity-already-exists', `There is a rule "${rule.name}" already. Delete it first.`);
    try {
      this.#keep(rule);
    } catch (error) {
      throw new Refusal('com.microsoft:argument-error', error instanceof Error ? error.message : String(error));
    }
  }

  /** Removes a rule. Throws a refusal when there is none of that name. */
  remove(name: string): void {
    if (!this.#rules.delete(name.toLowerCase()))
      throw new Refusal('amqp:not-found', `The messaging entity 'rule ${name}' could not be found.`);
  }

  /** Must run inside a write. */
  save(): void {
    this.#store.write(this.#subscription, this.#given, this.list());
  }

  #keep(rule: Rule): void {
    this.#rules.set(rule.name.toLowerCase(), { rule, passes: compileRule(rule) });
  }
}
