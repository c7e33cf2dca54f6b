import { integerOf, textOf } from '../values/coerce.ts';
import type { RuntimeValue } from '../values/runtime-value.ts';
import type { Argument, MappingFunction } from './mapping-function.ts';

/**
 * The functions on bits and encodings, and Redact, which hands its value on (whoever logs it shows `[Redact]`: see `Compiled.redacted`).
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 */
export const encodingFunctions: Readonly<Record<string, MappingFunction>> = {
  BitAnd: { least: 2, most: 2, apply: ([a, b]) => Number(BigInt(integerOf(a)) & BigInt(integerOf(b))) },
  ConvertToBase64: onText((text) => Buffer.from(text, 'utf16le').toString('base64')),
  ConvertToUTF8Hex: onText((text) => Buffer.from(text, 'utf8').toString('hex').toUpperCase()),
  CStr: onText((text) => text),
  Redact: { least: 1, most: 1, apply: ([value]) => value ?? null },
};

function onText(apply: (text: string) => RuntimeValue): MappingFunction {
  return {
    least: 1,
    most: 1,
    apply: ([value]: readonly Argument[]) => (value === undefined || value === null ? null : apply(textOf(value))),
  };
}
