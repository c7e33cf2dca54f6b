/** The answer that a mailbox gives by itself; null where it gives none. Undefined from the reader: there is no mailbox. */
export type FoundMailbox = { readonly autoReply: string | null };

/** Reads what a leaver's mailbox answers. */
export type MailboxReader = { mailboxOf(accountId: string, signal: AbortSignal): Promise<FoundMailbox | undefined> };
