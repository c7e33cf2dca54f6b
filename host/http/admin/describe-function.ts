import type { AppFunction } from '../../worker/app-registry.ts';
import { isDisabled } from '../../worker/is-disabled.ts';
import { routeOf } from '../routing/http-router.ts';

/**
 * A function as `/admin/functions` shows it (azure-functions-host, `Models/FunctionMetadataResponse.cs`). Functions registered in code have no
 * files of their own, so the links to files are null.
 */
export function describeFunction(fn: AppFunction, url: string, routePrefix: string): object {
  const bindings = Object.entries(fn.metadata.bindings).map(([name, binding]) => ({ ...binding, name }));
  const isHttp = fn.triggerType === 'httptrigger';
  return {
    name: fn.name,
    script_root_path_href: null,
    script_href: null,
    config_href: null,
    test_data_href: null,
    href: `${url}/admin/functions/${fn.name}`,
    invoke_url_template: isHttp ? [url, routePrefix, routeOf(fn)].filter(Boolean).join('/').toLowerCase() : null,
    language: 'node',
    config: { name: fn.name, bindings },
    files: null,
    test_data: null,
    isDisabled: isDisabled(fn.name, process.env),
    isDirect: isHttp,
    isProxy: false,
  };
}
