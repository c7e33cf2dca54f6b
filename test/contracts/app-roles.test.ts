import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../sandbox/company/company.ts';
import type { FoundAppRole } from '../../shared/ports/readers/app-roles.ts';
import { linking, unlinking } from './changes.ts';
import { nextCallFails, startContoso, type Contoso } from './contoso.ts';
import { required } from './expected.ts';

describe('application roles in entra', () => {
  const signal = AbortSignal.timeout(60_000);
  let contoso: Contoso;
  let account: string;
  let given: FoundAppRole;
  const roles = () => required(contoso.targets.entra.reads.appRoles).appRolesOf(account, signal);
  const set = (does: 'link' | 'unlink', other: string) => {
    const change = does === 'link' ? linking('app-role', does, account, other) : unlinking('app-role', account, other);
    return required(contoso.targets.entra.writes.appRoles).setAppRole(change, signal);
  };
  beforeAll(async () => {
    contoso = await startContoso();
    for (const { entraId } of company) {
      account = entraId ?? '';
      const [first] = await roles();
      if (first === undefined) continue;
      given = first;
      break;
    }
  });
  afterAll(() => contoso.stop());

  it('are named with their application, and by what an assignment of them names', () => {
    expect(given).toMatchObject({ id: expect.any(String), application: expect.stringMatching(/\S/), role: expect.stringMatching(/\S/) });
    expect(given.role).not.toMatch(/^[0-9a-f]{8}-/);
    expect(given.grants).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
  });

  it('are taken away by the assignment, and gone already is accepted', async () => {
    expect(await set('unlink', given.id)).toMatchObject({ is: 'accepted', id: account });
    expect((await roles()).map(({ grants }) => grants)).not.toContain(given.grants);
    expect(await set('unlink', given.id)).toMatchObject({ is: 'accepted' });
  });

  it('are given by name, and given already is accepted', async () => {
    expect(await set('link', given.grants)).toMatchObject({ is: 'accepted', id: account });
    expect((await roles()).map(({ grants }) => grants)).toContain(given.grants);
    expect(await set('link', given.grants)).toMatchObject({ is: 'accepted' });
    expect((await roles()).filter(({ grants }) => grants === given.grants)).toHaveLength(1);
  });

  it('that no application has are refused', async () => {
    expect(await set('link', '00000000-0000-4000-8000-00000000ffff/00000000-0000-0000-0000-000000000000')).toMatchObject({ is: 'refused' });
  });

  it('are lost from sight when the answer is, and seen to be gone', async () => {
    const { id } = required((await roles()).find(({ grants }) => grants === given.grants));
    nextCallFails(contoso, 'graph', 'appRoleAssignments.delete', { phase: 'after', effect: { reset: true } });
    expect(await set('unlink', id)).toMatchObject({ is: 'lost' });
    expect((await roles()).map(({ grants }) => grants)).not.toContain(given.grants);
  });
});
