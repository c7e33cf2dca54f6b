/** Where the service account works: the containers of accounts, those of groups, and the domain. */
type Places = { readonly accounts: readonly string[]; readonly groups: readonly string[]; readonly domain: string };

// Classes, attributes and rights by their GUIDs (https://learn.microsoft.com/windows/win32/adschema/classes, …/extended-rights, MS-ADTS 5.1.3.2).
const user = 'bf967aba-0de6-11d0-a285-00aa003049e2';
const group = 'bf967a9c-0de6-11d0-a285-00aa003049e2';
const member = 'bf9679c0-0de6-11d0-a285-00aa003049e2';
const resetPassword = '00299570-246d-11d0-a768-00aa006e0529';
const reanimateTombstones = '45ec5156-db7e-47bb-b53f-dbeb2d03c40f';
const getChanges = '1131f6aa-9c07-11d1-f79f-00c04fc2dcd2';

/**
 * The least that the service account needs, as docs/connectors.md lists it, in the language of security descriptors (MS-DTYP 2.5.1.1): `SID` stands for its SID. Everything that is tried on Samba is
 * tried with these rights alone.
 */
export function delegatedRights({ accounts, groups, domain }: Places): readonly { readonly on: string; readonly ace: string }[] {
  return [
    ...accounts.flatMap((on) => [
      { on, ace: `(OA;CI;CCDC;${user};;SID)` },
      { on, ace: `(OA;CIIO;RPWPSD;;${user};SID)` },
      { on, ace: `(OA;CIIO;CR;${resetPassword};${user};SID)` },
    ]),
    ...groups.map((on) => ({ on, ace: `(OA;CIIO;RPWP;${member};${group};SID)` })),
    { on: domain, ace: `(OA;;CR;${reanimateTombstones};;SID)` },
    { on: domain, ace: `(OA;;CR;${getChanges};;SID)` },
    { on: `CN=Deleted Objects,${domain}`, ace: '(A;CI;LCRP;;;SID)' },
  ];
}
