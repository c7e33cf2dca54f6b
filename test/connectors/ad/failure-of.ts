import { ResultCodeError } from 'ldapts';

/** How a call of the plain client ended: `accepted`, or the result code and what a refused sign-in says after `data`. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ResultCodeError)) throw error;
    const [, data] = / data ([0-9a-f]{3})/.exec(error.message) ?? [];
    return [String(error.code), ...(data === undefined ? [] : [data])].join(' ');
  }
}
