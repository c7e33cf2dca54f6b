/** How a person is called: one name may be missing. */
export function fullName({ name }: { readonly name: { readonly given: string; readonly family?: string | null | undefined } }): string {
  return [name.given, name.family].filter((part) => part !== null && part !== undefined).join(' ');
}
