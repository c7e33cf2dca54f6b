/** The names of the steps that fail at present. */
export const broken = new Set<string>();
