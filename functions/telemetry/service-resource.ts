import type { TelemetrySettings } from './telemetry.ts';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';

/**
 * Who tells: in Application Insights the cloud role and its instance (https://opentelemetry.io/docs/specs/semconv/resource/#service). On Azure these are the function app and its instance
 * (https://learn.microsoft.com/azure/app-service/reference-app-settings#app-environment).
 */
export function serviceResource({ site, instance }: TelemetrySettings['teller']): Resource {
  const own = {
    'service.name': site ?? 'gatehouse',
    'service.namespace': 'gatehouse',
    'service.instance.id': instance ?? String(process.pid),
  };
  return defaultResource().merge(resourceFromAttributes(own));
}
