/** Looks for mails that Gatehouse wrote, by the key they were written under. */
export type MailReader = {
  /** `sent`: found in Sent Items. `draft`: written but not sent. `absent`: neither. */
  stateOf(key: string, signal: AbortSignal): Promise<{ readonly is: 'sent' | 'draft' | 'absent'; readonly id?: string }>;
};
