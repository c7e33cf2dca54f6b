import { adError, attributeError } from '../ad-error.ts';
import { attributeDefinition, type AttributeDefinition } from '../schema/attributes.ts';
import { isAllowedOn, type ClassName } from '../schema/classes.ts';
import { matchKey, valueFromWire } from '../schema/values.ts';

/** The definition of an attribute that a client may write on objects of the class. Fails for unknown attributes (16), those that name the object (67),
 * those that the directory owns (53), and those of other classes (65). */
export function writableDefinition(name: string, className: ClassName): AttributeDefinition {
  const definition = attributeDefinition(name);
  if (definition === undefined) throw adError('unknownAttribute');
  if (['cn', 'ou', 'dc', 'name', 'distinguishedName'].includes(definition.name)) throw adError('renameByModify');
  if (definition.isReadOnly || definition.isConstructed) throw adError('ownedByDirectory');
  if (!isAllowedOn(definition.name, className)) throw adError('attributeNotAllowedOnClass');
  return definition;
}

/** The stored form of received values. Fails for empty ones and those that do not fit the syntax (21), and for one given twice (20). */
export function decodeValues(definition: AttributeDefinition, values: readonly Buffer[]): readonly string[] {
  const decoded = values.map((bytes) => {
    const value = bytes.length === 0 ? undefined : valueFromWire(definition, bytes);
    if (value === undefined) throw adError('badValue');
    return value;
  });
  if (new Set(decoded.map((value) => matchKey(definition, value))).size !== decoded.length)
    throw attributeError('isPresent', definition.name);
  return decoded;
}

/** Refuses several values where the schema allows one (20), and values longer than it allows (19). */
export function checkConstraints(definition: AttributeDefinition, values: readonly string[]): void {
  if (definition.isSingle && values.length > 1) throw attributeError('singleValued', definition.name);
  const longest = (definition.maxLength ?? Infinity) * (definition.syntax === 'octets' ? 2 : 1);
  if (values.some((value) => value.length > longest)) throw attributeError('isTooLong', definition.name);
}
