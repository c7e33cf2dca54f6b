import type { WorkflowDefinition } from '../workflows/definition.ts';
import { contentHash } from './content-hash.ts';

/** The version of a workflow definition that runs are pinned to: it changes when anything in the definition does, and never with the order of keys. */
export function definitionHash(definition: WorkflowDefinition): string {
  return contentHash(definition);
}
