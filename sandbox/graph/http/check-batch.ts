import { GraphFailure } from './graph-failure.ts';

/** One item of a batch, as the contract lets it through. */
export type BatchItem = {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
};

/** The items of a batch. Throws 400 for repeated ids, a batch within the batch, or dependencies of an undocumented shape
 * (https://learn.microsoft.com/graph/json-batching): items run wholly in parallel, wholly one after another, or all depend on one. */
export function checkBatch(items: readonly BatchItem[]): readonly BatchItem[] {
  const ids = items.map(({ id }) => id.toLowerCase());
  if (new Set(ids).size !== ids.length) throw invalid('Request ids must be unique within a batch.');
  if (items.some(({ url }) => /^\/?\$batch/.test(url))) throw invalid('A batch must not contain a batch.');
  const dependencies = items.map(({ dependsOn = [] }) => dependsOn.map((id) => id.toLowerCase()));
  if (dependencies.flat().some((id) => !ids.includes(id))) throw invalid('dependsOn names a request that is not in the batch.');
  if (!isParallel(dependencies) && !isSerial(ids, dependencies) && !isOnOne(ids, dependencies)) {
    throw invalid('dependsOn must make the batch wholly parallel, wholly serial, or dependent on one request.');
  }
  return items;
}

type Dependencies = readonly (readonly string[])[];

function isParallel(dependencies: Dependencies): boolean {
  return dependencies.every((list) => list.length === 0);
}

function isSerial(ids: readonly string[], dependencies: Dependencies): boolean {
  return dependencies.every((list, index) => (index === 0 ? list.length === 0 : list.length === 1 && list[0] === ids[index - 1]));
}

function isOnOne(ids: readonly string[], dependencies: Dependencies): boolean {
  const free = dependencies.flatMap((list, index) => (list.length === 0 ? [ids[index]] : []));
  return free.length === 1 && dependencies.every((list) => list.length === 0 || (list.length === 1 && list[0] === free[0]));
}

function invalid(message: string): GraphFailure {
  return new GraphFailure(400, 'BadRequest', message);
}
