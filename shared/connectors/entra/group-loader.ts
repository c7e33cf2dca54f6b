import type { Api, Reply } from '../http/api.ts';
import { readInBatches } from '../http/graph-batch.ts';

/** Reads a group by its address; undefined where it is not there. */
type GroupLoader = (path: string, signal: AbortSignal) => Promise<Reply | undefined>;

type Asked = {
  readonly answers: Map<string, Promise<Reply | undefined>>;
  readonly paths: string[];
  readonly reading: Promise<readonly (Reply | undefined)[]>;
};

/** Puts what is asked for in one go, such as all groups of a leaver, into few calls, and each address into one of them. What is asked for with one signal goes together, so that whoever gives up disturbs nobody else. */
export function createGroupLoader(api: Api): GroupLoader {
  const asked = new WeakMap<AbortSignal, Asked>();
  const begin = (signal: AbortSignal): Asked => {
    const paths: string[] = [];
    // All that is asked for before anything else happens is in the list by then.
    const reading = Promise.resolve().then(() => {
      asked.delete(signal);
      return readInBatches(api, paths, signal);
    });
    const made = { answers: new Map<string, Promise<Reply | undefined>>(), paths, reading };
    asked.set(signal, made);
    return made;
  };
  return (path, signal) => {
    const { answers, paths, reading } = asked.get(signal) ?? begin(signal);
    const known = answers.get(path);
    if (known !== undefined) return known;
    const place = paths.push(path) - 1;
    const answer = reading.then((replies) => replies[place]);
    answers.set(path, answer);
    return answer;
  };
}
