import { GatehouseError } from '../../errors.ts';
import type { LogField } from '../../ports/log-fields.ts';
import { scrubText } from './scrub-text.ts';

export type ErrorFields = {
  readonly [Field in Extract<LogField, 'error' | 'errorCode' | 'systemCode' | 'systemRequestId' | 'stack'>]?: string;
};

/**
 * An error as it may be told. What another system said of it may quote a person: of that the code and the request id are told, by which it is found, and the words stand with the run. Of what nobody
 * foresaw the place in the program is told too.
 */
export function errorFields(error: unknown): ErrorFields {
  if (error instanceof GatehouseError) {
    const { code, systemCode, requestId } = error;
    const isOthersWord = code.startsWith('target-') && systemCode !== undefined;
    const words = isOthersWord ? 'The other system said no; its code and request id say more.' : scrubText(error.message);
    return {
      error: words,
      errorCode: code,
      ...(systemCode === undefined ? {} : { systemCode }),
      ...(requestId === undefined ? {} : { systemRequestId: requestId }),
    };
  }
  if (!(error instanceof Error)) return { error: scrubText(String(error)) };
  const stack = framesOf(error);
  return { error: `${error.name}: ${scrubText(error.message)}`, ...(stack === '' ? {} : { stack }) };
}

// The first lines of a stack are the message, however many lines that has.
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
