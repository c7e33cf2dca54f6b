import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Gatehouse } from '../support/product.ts';
import { judgeHistory } from './judge-history.ts';
import { readHistories } from './recorded-history.ts';

/** Replays what the orchestrations of a scenario have left in the host's file. `outputs` are the answers that must be among them. */
export function historiesReplay(stage: () => Gatehouse, outputs: readonly string[]): void {
  describe('Every orchestration that has run', () => {
    it('replays from its history to the same decisions, whatever the clock says', async () => {
      const histories = readHistories(join(stage().product.dataFolder, 'host.sqlite'));
      expect(histories.map(({ output }) => output)).toEqual(expect.arrayContaining([...outputs]));
      expect(histories.filter(({ status }) => status !== 'Completed' && status !== 'Running')).toEqual([]);
      for (const history of histories) await judgeHistory(history);
    });
  });
}
