import type { Location } from '../domain/facts/location.ts';
import { isWorkerFact, workerFact, workerFacts } from '../domain/facts/worker-fact.ts';
import type { Worker } from '../domain/worker.ts';
import type { MappingValue } from './mapping-value.ts';

const siteFacts: Readonly<Record<string, keyof Location>> = {
  'site.timeZone': 'timeZone',
  'site.country': 'country',
  'site.usageLocation': 'usageLocation',
  'site.ou': 'ou',
};

/** Every attribute that an expression may name, besides `custom.<name>`: the facts of the worker, and `site.*` of the location that the settings describe. */
export const mappingFactNames: readonly string[] = [...workerFacts, ...Object.keys(siteFacts)];

/** Whether an expression may name this attribute. */
export function isMappingFact(name: string): boolean {
  return isWorkerFact(name) || Object.hasOwn(siteFacts, name);
}

/** The attributes of a worker, for `Evaluation.attributes`. `site.*` is null where the worker's location is not known. */
export function mappingFacts(worker: Worker, site: Location | undefined): (name: string) => MappingValue {
  return (name) => {
    const key = Object.hasOwn(siteFacts, name) ? siteFacts[name] : undefined;
    return key === undefined ? workerFact(worker, name) : (site?.[key] ?? null);
  };
}
