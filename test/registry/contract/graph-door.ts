import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import type { GraphDoorStore } from '../../../shared/ports/registry/graph-door.ts';

/** What a tenant tells of its own changes: who reads on, how things were seen, and what is still to be looked after. */
export function graphDoorContract(registry: () => Registry): void {
  const door = (): GraphDoorStore => registry().stores.graphDoor;
  const stream = () => ({ target: `entra:${randomUUID()}`, resource: 'users' as const });
  const cursorOf = async ({ target }: { readonly target: string }) => (await door().cursors()).find((one) => one.target === target);
  const known = { link: '/users/delta?$deltatoken=1', round: 1, isFull: false, isKnown: true };

  describe('The door for tenants', () => {
    it('gives a cursor to one reader at a time, and to the next when the lease is over', async () => {
      const key = stream();
      await door().want(key);
      const claims = await Promise.all(['a', 'b', 'c'].map((holder) => door().claim(key, holder, 1000, 2000)));
      expect(claims.filter((one) => one !== undefined)).toEqual([
        { ...key, link: null, round: 1, isFull: true, isKnown: false, wanted: 1, endedAt: null },
      ]);
      expect(await door().claim(key, 'd', 1999, 3000)).toBeUndefined();
      expect(await door().claim(key, 'd', 2000, 3000)).toMatchObject({ wanted: 1 });
    });

    it('moves a cursor for its holder alone, and from where it stands alone', async () => {
      const key = stream();
      await door().want(key);
      await door().claim(key, 'a', 1000, 2000);
      const from = { ...key, link: null, round: 1 };
      expect(await door().advance({ ...from, holder: 'b' }, known, 3000)).toBe(false);
      expect(await door().advance({ ...from, round: 2, holder: 'a' }, known, 3000)).toBe(false);
      expect(await door().advance({ ...from, holder: 'a' }, known, 3000)).toBe(true);
      expect(await door().advance({ ...from, holder: 'a' }, known, 3000)).toBe(false);
      expect(await cursorOf(key)).toMatchObject(known);
      expect(await door().claim(key, 'b', 2500, 4000)).toBeUndefined();
    });

    it('ends no reading while somebody has asked since it began', async () => {
      const key = stream();
      await door().want(key);
      await door().claim(key, 'a', 1000, 2000);
      await door().want(key);
      expect(await door().finish({ ...key, wanted: 1 }, 'a', 1500)).toBe(false);
      expect(await door().finish({ ...key, wanted: 2 }, 'b', 1500)).toBe(false);
      expect(await door().finish({ ...key, wanted: 2 }, 'a', 1500)).toBe(true);
      expect(await cursorOf(key)).toMatchObject({ wanted: 2, endedAt: 1500 });
      expect(await door().claim(key, 'b', 1500, 2500)).toBeDefined();
    });

    it('knows how everybody was last seen, and who was not seen again in a later round', async () => {
      const { target } = stream();
      await door().saveUsers(
        target,
        [
          { id: 'u1', state: 'enabled' },
          { id: 'u2', state: 'disabled' },
          { id: 'u3', state: 'deleted' },
        ],
        1,
      );
      await door().saveUsers(target, [{ id: 'u1', state: 'disabled' }], 2);
      expect(await door().seenUsers(target, ['u1', 'u2', 'nobody'])).toEqual(
        expect.arrayContaining([
          { id: 'u1', state: 'disabled' },
          { id: 'u2', state: 'disabled' },
        ]),
      );
      expect(await door().missedUsers(target, 2, 10)).toEqual([{ id: 'u2', state: 'disabled' }]);
      const member = { group: 'g', member: 'u1', isMember: true };
      await door().saveMembers(target, [member, { ...member, member: 'u2' }, { ...member, member: 'u3', isMember: false }], 1);
      await door().saveMembers(target, [member], 2);
      expect(await door().missedMembers(target, 2, 10)).toEqual([{ ...member, member: 'u2' }]);
      expect(await door().seenMembers(target, ['g'], ['u3'])).toEqual([{ ...member, member: 'u3', isMember: false }]);
      expect((await door().membersSeen(target, 'g')).map((one) => one.member).toSorted()).toEqual(['u1', 'u2']);
    });

    it('remembers more than one statement takes', async () => {
      const { target } = stream();
      await door().saveMembers(
        target,
        Array.from({ length: 5100 }, (_, index) => ({ group: 'g', member: `m${index}`, isMember: true })),
        1,
      );
      expect(await door().membersSeen(target, 'g')).toHaveLength(5100);
    });

    it('keeps a reopening open until somebody has looked after it', async () => {
      const { target } = stream();
      const change = {
        id: randomUUID(),
        at: 5,
        target,
        kind: 'account-enabled',
        object: 'u1',
        other: null,
        personId: null,
        isReopening: true,
      } as const;
      await door().keepForeign([change, { ...change, id: randomUUID(), isReopening: false }]);
      const open = async () => (await door().reopenings(1000)).filter((one) => one.target === target);
      expect(await open()).toEqual([change]);
      await door().settleReopening(change.id, 6);
      expect(await open()).toEqual([]);
    });

    it('has one subscription to a resource, found by its id', async () => {
      const key = stream();
      const first = { ...key, id: randomUUID(), stateHash: 'aa', expiresAt: 1, checkedAt: 1 };
      await door().saveSubscription(first);
      const second = { ...first, id: randomUUID(), stateHash: 'bb' };
      await door().saveSubscription(second);
      expect(await door().subscription(first.id)).toBeUndefined();
      expect(await door().subscription(second.id)).toEqual(second);
      await door().forgetSubscription(key);
      expect(await door().subscription(second.id)).toBeUndefined();
    });
  });
}
