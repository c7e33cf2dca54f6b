import type { InstanceRow } from './instance.ts';
import { shownJson } from './shown-json.ts';

/** An instance as the management API shows it; what is undefined is left out (`HttpApiHandler.cs`, `StatusResponsePayload.cs`). */
export function viewInstance(row: InstanceRow, showInput: boolean, historyEvents?: readonly object[]): object {
  return {
    name: row.name,
    instanceId: row.id,
    runtimeStatus: row.status,
    input: showInput ? shownJson(row.input) : null,
    customStatus: shownJson(row.customStatus),
    output: shownJson(row.output),
    createdTime: seconds(row.createdAt),
    lastUpdatedTime: seconds(row.updatedAt),
    historyEvents,
  };
}

function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
