/** A mail with its text made: what is handed to a mailbox. */
export type RenderedMail = { readonly to: readonly string[]; readonly subject: string; readonly html: string };
