import { compare, type Expectation, type Finding } from './expected.ts';
import type { World } from './read-world.ts';

const passLifeMs = 24 * 60 * 60_000;

type Method = World['graph']['users'][number]['methods'][number];

/** One pass that works from the first day, for whoever has no other way to sign in; before that, and for the others, none. A pass is good for a day: of an older hire nothing is asked. */
export function checkPass({ hire, stage }: Expectation, world: World): readonly Finding[] {
  const passes = passesOf(hire.workerId, world);
  if (!isPassDue({ hire, stage }, world)) return compare('pass', 'passes', 0, passes.filter(({ isUsable }) => isUsable === true).length);
  const updatedAt = world.hr.workers.find(({ workerId }) => workerId === hire.workerId)?.updatedAt ?? '';
  if (world.now - Date.parse(updatedAt) > passLifeMs) return [];
  return [...compare('pass', 'passes', 1, passes.length), ...compare('pass', 'usable now', true, passes[0]?.isUsable)];
}

/** Whether the hire was to be given a pass: their day has come, and they had no way to sign in of their own. */
export function isPassDue({ hire, stage }: Pick<Expectation, 'hire' | 'stage'>, world: World): boolean {
  const others = methodsOf(hire.workerId, world).filter(
    (method) => !isPass(method) && !method['@odata.type'].includes('passwordAuthentication'),
  );
  return stage === 'open' && others.length === 0;
}

function passesOf(workerId: string, world: World): readonly Method[] {
  return methodsOf(workerId, world).filter(isPass);
}

function methodsOf(workerId: string, { graph }: World): readonly Method[] {
  return graph.users.filter(({ employeeId, deleted }) => employeeId === workerId && !deleted).flatMap(({ methods }) => methods);
}

function isPass(method: Method): boolean {
  return method['@odata.type'].includes('temporaryAccessPass');
}
