/**
 * Whether a setting `AzureWebJobs.<function>.Disabled` (or, where a dot is not allowed, `AzureWebJobs_<function>_Disabled`) turns a function off
 * (https://learn.microsoft.com/azure/azure-functions/disable-function). Its trigger then does nothing.
 */
export function isDisabled(functionName: string, environment: NodeJS.ProcessEnv): boolean {
  const names = [`AzureWebJobs.${functionName}.Disabled`, `AzureWebJobs_${functionName.replaceAll('-', '_')}_Disabled`];
  return names.some((name) => /^(?:true|1)$/i.test(environment[name] ?? ''));
}
