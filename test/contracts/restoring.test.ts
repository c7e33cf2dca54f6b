import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSamples } from './account-samples.ts';
import { creating, deleting, restoring } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { idOf, required, textOf } from './expected.ts';

const nowhere = '00000000-0000-4000-8000-00000000ffff';
const restores = { entra: 'users.restore', ad: 'ldap.modify', samba: '', oci: '', scim: '' };
let contoso: Contoso;
let count = 800;
beforeAll(async () => {
  contoso = await startContoso();
});
afterAll(() => contoso.stop());

// Samba cannot restore (its Recycle Bin does not work): test/connectors/ad/samba says what is told of that.
describe.each(accountSamples.filter(({ target }) => restores[target] !== ''))('deleted accounts in $target', (sample) => {
  const signal = AbortSignal.timeout(60_000);
  const reads = () => required(contoso.targets[sample.target].reads.accounts);
  const writes = () => required(contoso.targets[sample.target].writes.accounts);
  const deleted = async (attributes = sample.account((count += 1), `Zoë, O'Gone #${count}`)) => {
    const id = idOf(await writes().create(creating(attributes), signal));
    await writes().delete(deleting(id), signal);
    return id;
  };

  it('come back under their old id, with what they had', async () => {
    const attributes = sample.account((count += 1), "Back\\Again, O'Neill #1");
    const id = await deleted(attributes);
    expect(await reads().isRestorable(id, signal)).toBe(true);
    expect(await writes().restore(restoring(id), signal)).toMatchObject({ is: 'accepted', id });
    expect(await reads().byId(id, signal)).toMatchObject({
      id,
      employeeId: attributes[sample.employeeId],
      displayName: attributes['displayName'],
    });
    expect(await reads().isRestorable(id, signal)).toBe(false);
  });

  it('that are back already are accepted', async () => {
    const id = await deleted();
    await writes().restore(restoring(id), signal);
    expect(await writes().restore(restoring(id), signal)).toMatchObject({ is: 'accepted', id });
  });

  it('that the target does not keep cannot be restored, and it says so', async () => {
    expect(await reads().isRestorable(nowhere, signal)).toBe(false);
    expect(await writes().restore(restoring(nowhere), signal)).toMatchObject({ is: 'refused', problem: { code: 'target-not-found' } });
  });

  it('whose name was given away meanwhile are refused', async () => {
    const attributes = sample.account((count += 1));
    const id = await deleted(attributes);
    const heir = { ...sample.account((count += 1)), [sample.unique]: attributes[sample.unique] ?? null };
    expect(await writes().create(creating(heir), signal)).toMatchObject({ is: 'accepted' });
    expect(await writes().restore(restoring(id), signal)).toMatchObject({ is: 'refused', nameTaken: sample.unique });
    expect(await reads().isRestorable(id, signal)).toBe(true);
  });

  it('are lost from sight when the answer is, and are seen to be back', async () => {
    const id = await deleted();
    nextCallFails(contoso, sample.create.system, restores[sample.target], { phase: 'after', effect: { reset: true } });
    expect(await writes().restore(restoring(id), signal)).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect(textOf((await reads().byId(id, signal))?.id)).toBe(id);
  });
});

describe('deleted accounts in oci', () => {
  it('are gone for good', async () => {
    const signal = AbortSignal.timeout(20_000);
    const { reads, writes } = contoso.targets.oci;
    expect(await required(reads.accounts).isRestorable(nowhere, signal)).toBe(false);
    expect(await required(writes.accounts).restore(restoring(nowhere), signal)).toMatchObject({ is: 'refused' });
  });
});
