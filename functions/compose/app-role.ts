/** What a function app does of the whole: `ingest` takes in, `work` plans and carries out, `hands` makes privileged changes; `all` is one process that does the three. */
export const appRoles = ['all', 'ingest', 'work', 'hands'] as const;
export type AppRole = (typeof appRoles)[number];
