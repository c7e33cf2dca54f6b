import type { ClassName } from '../schema/classes.ts';

/** Values by attribute name as the schema spells it, in stored form. Links and what is computed from elsewhere are not among them. */
export type Attributes = Readonly<Record<string, readonly string[]>>;

/** One object as it is stored. Times are milliseconds of the world's clock. */
export type DirectoryObject = {
  readonly id: number;
  readonly guid: string;
  readonly dn: string;
  /** The comparable form of the name: `pathOf`. */
  readonly path: string;
  readonly parent: number | null;
  readonly className: ClassName;
  readonly attributes: Attributes;
  readonly usnCreated: number;
  readonly usnChanged: number;
  readonly createdAt: number;
  readonly changedAt: number;
};

/** What an object is made from; the store adds the rest. */
export type NewObject = Pick<DirectoryObject, 'guid' | 'dn' | 'path' | 'parent' | 'className' | 'attributes'>;
