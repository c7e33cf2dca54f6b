import type { World } from '../../foundation/world.ts';
import type { Method } from './method-store.ts';

/** A method as Graph shows it. A pass shows whether it is usable now, never its code. */
export function presentMethod(world: World, method: Method): Readonly<Record<string, unknown>> & { readonly id: string } {
  const shown = { '@odata.type': `#microsoft.graph.${method.type}AuthenticationMethod`, id: method.id, ...method.body };
  return method.type === 'temporaryAccessPass' ? { ...shown, temporaryAccessPass: null, ...usability(world, method) } : shown;
}

// Reasons: https://learn.microsoft.com/graph/api/resources/temporaryaccesspassauthenticationmethod
function usability(world: World, pass: Method): { readonly isUsable: boolean; readonly methodUsabilityReason: string } {
  const start = Date.parse(String(pass.body['startDateTime']));
  const end = start + Number(pass.body['lifetimeInMinutes']) * 60_000;
  if (world.now() < start) return { isUsable: false, methodUsabilityReason: 'NotYetValid' };
  return world.now() < end
    ? { isUsable: true, methodUsabilityReason: 'EnabledByPolicy' }
    : { isUsable: false, methodUsabilityReason: 'Expired' };
}
