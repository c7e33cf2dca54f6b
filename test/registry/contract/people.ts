import { describe, expect, it } from 'vitest';
import type { AccountLink } from '../../../shared/domain/subject.ts';
import type { Engagement } from '../../../shared/ports/registry/people.ts';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import { aPerson, aWorker, fresh, noon } from './samples.ts';

function anEngagement(personId: string, changes: Partial<Engagement> = {}): Engagement {
  const worker = aWorker();
  return {
    source: 'generic',
    workerId: worker.workerId,
    personId,
    worker,
    revision: null,
    occurredAt: noon,
    eventId: fresh('evt'),
    ...changes,
  };
}

function aLink(personId: string, changes: Partial<AccountLink> = {}): AccountLink {
  return {
    target: 'ad:contoso',
    nativeId: fresh('guid'),
    personId,
    kind: 'primary',
    how: 'created',
    anchor: null,
    since: noon,
    ...changes,
  };
}

/** What the stores of people, their worker records, accounts, names and holdings promise. */
export function peopleContract(registry: () => Registry): void {
  const stores = () => registry().stores;

  describe('people', () => {
    it('are kept as they were made, renamed, and counted', async () => {
      const before = await stores().people.count();
      const id = await aPerson(registry());
      expect(await stores().people.byId(id)).toEqual({
        id,
        epoch: 1,
        displayName: 'Zoë',
        baseline: false,
        standing: 'none',
        endsAt: null,
        reconsiderAt: null,
      });
      await stores().people.rename(id, '李小龙');
      expect((await stores().people.byId(id))?.displayName).toBe('李小龙');
      expect(await stores().people.count()).toBe(before + 1);
      expect(await stores().people.byId('nobody')).toBeUndefined();
      expect(await registry().transaction((inside) => inside.people.lock('nobody', 'share'))).toBeUndefined();
    });

    it('get a new epoch each time, however many ask at once', async () => {
      const id = await aPerson(registry());
      const epochs = await Promise.all([1, 2, 3, 4, 5].map(() => registry().transaction((inside) => inside.people.raiseEpoch(id))));
      expect(new Set(epochs)).toEqual(new Set([2, 3, 4, 5, 6]));
    });

    it('are locked one after the other, so that nobody acts on what another is changing', async () => {
      const id = await aPerson(registry());
      const steps: string[] = [];
      const turn = (name: string) =>
        registry().transaction(async (inside) => {
          await inside.people.lock(id, 'update');
          steps.push(`${name} in`);
          await inside.people.raiseEpoch(id);
          steps.push(`${name} out`);
        });
      await Promise.all([turn('a'), turn('b')]);
      expect(steps[1]?.slice(0, 1)).toBe(steps[0]?.slice(0, 1));
      expect(steps).toHaveLength(4);
    });
  });

  describe('worker records', () => {
    it('belong to one person for good: whoever comes second is told so', async () => {
      const [one, other] = [await aPerson(registry()), await aPerson(registry())];
      const engagement = anEngagement(one);
      await stores().people.saveEngagement(engagement);
      await expect(stores().people.saveEngagement({ ...engagement, personId: other })).rejects.toMatchObject({ code: 'busy' });
      expect(await stores().people.ownerOf('generic', engagement.workerId)).toBe(one);
    });

    it('are replaced by what is saved later, and come back as they were saved', async () => {
      const id = await aPerson(registry());
      const engagement = anEngagement(id, { revision: 7 });
      await stores().people.saveEngagement(engagement);
      const moved = { ...engagement, revision: 8, worker: { ...engagement.worker, department: 'Sales', managerId: fresh('boss') } };
      await stores().people.saveEngagement(moved);
      expect(await stores().people.engagements(id)).toEqual([moved]);
      expect(await stores().people.reportsOf('generic', moved.worker.managerId ?? '')).toEqual([id]);
      expect(await stores().people.reportsOf('elsewhere', moved.worker.managerId ?? '')).toEqual([]);
    });

    it('with the same worker id in two sources are two, and both are found', async () => {
      const workerId = fresh('w');
      const [one, other] = [await aPerson(registry()), await aPerson(registry())];
      await stores().people.saveEngagement(anEngagement(one, { workerId, source: 'a' }));
      await stores().people.saveEngagement(anEngagement(other, { workerId, source: 'b' }));
      expect(await stores().people.withWorkerId(workerId)).toEqual([
        { source: 'a', personId: one },
        { source: 'b', personId: other },
      ]);
    });
  });

  describe('facts', () => {
    it('come back as they were told, one for each event, with what was decided of it', async () => {
      const workerId = fresh('w');
      const told = { ...aWorker({ workerId }), department: 'Platform' };
      const times = { revision: 4, occurredAt: noon, effectiveFrom: '2026-12-01', holdsFrom: noon + 9, learntAt: noon + 1 };
      const fact = { source: 'generic', workerId, eventId: fresh('evt'), told, ...times, state: 'counted', isDecided: false } as const;
      await stores().people.saveFact(fact);
      expect(await stores().people.facts('generic', workerId)).toEqual([fact]);
      const decided = { ...fact, state: 'rejected', isDecided: true, effectiveFrom: null } as const;
      await stores().people.saveFact(decided);
      expect(await stores().people.facts('generic', workerId)).toEqual([decided]);
      expect(await stores().people.facts('elsewhere', workerId)).toEqual([]);
    });

    it('say when people are to be looked at again, and who has left', async () => {
      const id = await aPerson(registry(), fresh('0-person'));
      await stores().people.setStanding(id, { standing: 'left', endsAt: noon - 1000, reconsiderAt: 5 });
      expect(await stores().people.byId(id)).toMatchObject({ standing: 'left', endsAt: noon - 1000, reconsiderAt: 5 });
      expect(await stores().people.toReconsider(5, 1000)).toContain(id);
      expect(await stores().people.toReconsider(4, 1000)).not.toContain(id);
      expect((await stores().people.ended(noon, '', 1000)).map((person) => person.id)).toContain(id);
      expect((await stores().people.ended(noon - 1001, '', 1000)).map((person) => person.id)).not.toContain(id);
    });
  });

  describe('links', () => {
    it('join an account to one person; recording it again is nothing new', async () => {
      const [one, other] = [await aPerson(registry()), await aPerson(registry())];
      const link = aLink(one, { anchor: 'QUJD' });
      expect(await stores().links.record(link)).toBe(true);
      expect(await stores().links.record({ ...link, since: noon + 1 })).toBe(true);
      expect(await stores().links.record({ ...link, personId: other })).toBe(false);
      expect(await stores().links.of(one)).toEqual([link]);
      expect(await stores().links.of(other)).toEqual([]);
      expect(await stores().links.ownerOf(link.target, link.nativeId)).toBe(one);
      expect(await stores().links.ownerOf('oci:contoso', link.nativeId)).toBeUndefined();
    });

    it('go to one of two who record the same account at once', async () => {
      const [one, other] = [await aPerson(registry()), await aPerson(registry())];
      const nativeId = fresh('guid');
      const recorded = await Promise.all(
        [one, other].map((personId) => registry().transaction((inside) => inside.links.record(aLink(personId, { nativeId })))),
      );
      expect(recorded.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('names', () => {
    it('go to whoever reserves them first, within their scope, and are never freed', async () => {
      const [one, other] = [await aPerson(registry()), await aPerson(registry())];
      const name = {
        scope: 'upn',
        attribute: 'userPrincipalName',
        value: 'Zoé.Smith@contoso.example',
        folded: `${fresh('zoe')}@contoso.example`,
      };
      expect(await stores().names.reserve(one, name)).toBe(true);
      expect(await stores().names.reserve(one, name)).toBe(true);
      expect(await stores().names.reserve(other, { ...name, value: 'zoe.smith@contoso.example' })).toBe(false);
      expect(await stores().names.reserve(other, { ...name, scope: 'ad:contoso/cn' })).toBe(true);
      expect(await stores().names.holderOf('upn', name.folded)).toBe(one);
      expect(await stores().names.of(one)).toEqual([name]);
    });

    it('go to one of two who reserve the same name at once', async () => {
      const people = [await aPerson(registry()), await aPerson(registry())];
      const name = { scope: 'upn', attribute: 'userPrincipalName', value: 'x', folded: fresh('name') };
      const reserved = await Promise.all(people.map((person) => registry().transaction((inside) => inside.names.reserve(person, name))));
      expect(reserved.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('holdings', () => {
    it('gather every reason for an entitlement, each once', async () => {
      const id = await aPerson(registry());
      const holding = { target: 'entra:contoso', object: fresh('group'), kind: 'group' } as const;
      await stores().holdings.add(id, [holding], { kind: 'rule', reference: 'employees' }, noon);
      await stores().holdings.add(id, [holding], { kind: 'rule', reference: 'employees' }, noon + 1);
      await stores().holdings.add(id, [holding], { kind: 'observed', reference: 'baseline' }, noon);
      const [found, ...none] = await stores().holdings.of(id);
      expect(none).toEqual([]);
      expect(found).toMatchObject(holding);
      expect(found?.reasons.toSorted((one, two) => one.kind.localeCompare(two.kind))).toEqual([
        { kind: 'observed', reference: 'baseline', until: null },
        { kind: 'rule', reference: 'employees', until: null },
      ]);
    });
  });
}
