import type { Braked } from '../../gate/gate-deps.ts';
import type { TriggerEvent } from '../../workflows/definition.ts';

/** What a run that a source sets off does to a person, as brakes count it before anything is done. Runs that follow from runs were admitted with those. */
const effects: Readonly<Partial<Record<TriggerEvent, Braked>>> = {
  joiner: 'create',
  rehire: 'reenable',
  withdrawn: 'reenable',
  leaver: 'contain',
  rescinded: 'contain',
  mover: 'attribute',
  conversion: 'attribute',
  renamed: 'attribute',
  correction: 'attribute',
  leave: 'attribute',
  return: 'attribute',
};

/** The effect that a trigger is admitted under; undefined where it needs no admission. */
export function effectOf(trigger: string): Braked | undefined {
  return Object.entries(effects).find(([event]) => event === trigger)?.[1];
}
