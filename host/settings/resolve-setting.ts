import { HostError } from '../host-error.ts';

/**
 * Replaces each `%NAME%` in a binding property by the app setting NAME
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-expressions-patterns#binding-expressions---app-settings).
 * Throws `HostError` that names the function and the setting where it is not set.
 */
export function resolveSetting(text: string, functionName: string): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = process.env[name];
    if (value === undefined)
      throw new HostError(
        `Function "${functionName}" uses the setting %${name}%, which is not set. Set ${name} in the environment or in local.settings.json.`,
      );
    return value;
  });
}
