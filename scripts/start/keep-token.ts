import { renameSync, writeFileSync } from 'node:fs';

const renewMs = 60 * 60_000;

/** The operator's token on this machine. `current` is the newest; `stop` ends the renewal. */
export type KeptToken = { readonly current: () => string; readonly stop: () => void };

/** Writes the token to the file, readable by its owner alone, and a new one every hour. A renewal that fails is tried again with the next. */
export async function keepToken(file: string, issue: () => Promise<string>): Promise<KeptToken> {
  let token = '';
  const renew = async (): Promise<void> => {
    token = await issue();
    // Whoever reads meanwhile gets the old one or the new one, never half of one.
    writeFileSync(`${file}.new`, `${token}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  await renew();
  const timer = setInterval(() => void renew().catch(() => undefined), renewMs);
  timer.unref();
  return { current: () => token, stop: () => clearInterval(timer) };
}
