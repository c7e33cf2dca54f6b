import { transaction } from '../../foundation/transaction.ts';
import { adError } from '../ad-error.ts';
import { hasControl } from '../protocol/controls.ts';
import type { Answer } from '../protocol/response.ts';
import { checkBound, checkObjectWritable } from '../rules/rights.ts';
import { locate } from './locate.ts';
import type { OperationContext } from './session.ts';

/** Deletes an object and every link from and to it (RFC 4511 4.8); with the tree delete control its subtree too, else one with children gives 66. */
export function deleteObject(context: OperationContext, name: string): Answer {
  const { store, session, controls } = context;
  checkBound(session.principal);
  const object = locate(store, name);
  const all = [...store.objects.subtree(object.path)];
  if (all.length > 1 && !hasControl(controls, 'treeDelete')) throw adError('hasChildren');
  all.forEach((item) => checkObjectWritable(session.principal, item));
  transaction(store.database, () => all.forEach(({ id }) => removeOne(context, id)));
  return { result: { code: 0 } };
}

function removeOne({ store }: OperationContext, id: number): void {
  const sources = store.links.removeAll(id);
  store.passwords.remove(id);
  store.objects.remove(id);
  sources.forEach((source) => store.objects.touch(source));
}
