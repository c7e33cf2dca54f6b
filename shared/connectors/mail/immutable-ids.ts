/** Asks Outlook for ids that do not change when a draft moves to Sent Items (https://learn.microsoft.com/graph/outlook-immutable-id). */
export const immutableIds: Readonly<Record<string, string>> = { Prefer: 'IdType="ImmutableId"' };
