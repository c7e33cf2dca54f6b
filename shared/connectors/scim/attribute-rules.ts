import { z } from 'zod';
import type { ScimPlace } from './scim-place.ts';
import { scimUrns } from './scim-urns.ts';

const attribute = z.object({
  name: z.string(),
  mutability: z.string().optional(),
  caseExact: z.boolean().optional(),
  get subAttributes() {
    return z.array(attribute).optional();
  },
});
type Attribute = z.infer<typeof attribute>;

/** The answer of `/Schemas` (RFC 7643 section 7); a schema that cannot be understood counts as not described. */
export const schemaList = z.object({
  Resources: z.array(
    z
      .object({ id: z.string(), attributes: z.array(attribute) })
      .nullable()
      .catch(null),
  ),
});

/** What a server's schemas say of attributes. What they do not describe may be written. */
export type AttributeRules = {
  /** False for what is read-only, and after the creation for what is immutable too. */
  mayWrite(place: ScimPlace, isNew: boolean): boolean;
  isCaseExact(place: ScimPlace): boolean;
};

/** The rules of the schemas that a server describes; without any, everything may be written and no letter case counts. */
export function attributeRules(schemas: z.infer<typeof schemaList> | undefined): AttributeRules {
  const bySchema = new Map(
    (schemas?.Resources ?? []).flatMap((one) => (one === null ? [] : [[one.id.toLowerCase(), one.attributes] as const])),
  );
  const along = ({ extension, attribute: name, sub }: ScimPlace): readonly Attribute[] => {
    const whole = named(bySchema.get((extension ?? scimUrns.user).toLowerCase()), name);
    const part = sub === undefined ? undefined : named(whole?.subAttributes, sub);
    return [whole, part].filter((one) => one !== undefined);
  };
  return {
    mayWrite: (place, isNew) => along(place).every(({ mutability }) => mutability !== 'readOnly' && (isNew || mutability !== 'immutable')),
    isCaseExact: (place) => along(place).at(-1)?.caseExact === true,
  };
}

function named(attributes: readonly Attribute[] | undefined, name: string): Attribute | undefined {
  return attributes?.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
