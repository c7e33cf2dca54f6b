/** Makes ids that nobody can guess. */
export type Ids = { next(): string };
