import { describe, expect, it } from 'vitest';
import { contractDocument } from '../../../sandbox/graph/contract/contract-document.ts';
import { graphUses } from '../../../shared/connectors/http/graph-uses.ts';

/**
 * Where Microsoft's data names as least a permission that shows too little or is for something else, and what is listed instead: `ReadBasic` hides the attributes that are compared, or the filter that is used; `Group-NestingSupport` is
 * for nested groups.
 */
const insteadOf: Readonly<Record<string, readonly string[]>> = {
  'User.Read.All': ['User.ReadBasic.All'],
  'GroupMember.Read.All': ['Group.ReadBasic.All', 'Group-NestingSupport.ReadWrite.All', 'GroupMember.ReadBasic.All'],
  'Mail.ReadWrite': ['Mail.ReadBasic.All'],
  'TeamMember.Read.All': ['TeamMember.Read.Group'],
  'AdministrativeUnit.Read.All': [],
};

const rows = graphUses.flatMap(({ permission, calls }) => calls.map((call) => ({ permission, call })));
const documented = (call: string) => {
  const [method = '', path = ''] = call.split(' ');
  const found = contractDocument().paths[path]?.[method.toLowerCase()]?.['x-permissions-application'];
  const plain = (names: readonly string[] = []) => names.map((name) => name.split(' ')[0] ?? name);
  return { least: plain(found?.least), all: plain(found?.all) };
};

describe('the permissions that Gatehouse asks for in Graph', () => {
  it.each(rows)('$permission serves $call', ({ permission, call }) => {
    expect(documented(call).all).toContain(permission);
  });

  it.each(rows)('nothing less than $permission serves $call', ({ permission, call }) => {
    const { least } = documented(call);
    const known = [permission, ...(insteadOf[permission] ?? [])];
    expect(least.length === 0 || least.some((name) => known.includes(name)), least.join(', ')).toBe(true);
  });

  it('are listed once each with what they are for', () => {
    const pairs = graphUses.map(({ permission, for: use }) => `${permission} ${use}`);
    expect(pairs).toEqual([...new Set(pairs)]);
  });
});
