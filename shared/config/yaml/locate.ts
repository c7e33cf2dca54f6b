import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type Node } from 'yaml';
import { placeAt, type Place, type YamlFile } from './yaml-file.ts';

type Path = readonly (string | number)[];

/**
 * The place of what a path leads to: of its key, or of the item where it stands in a list. Where the path leads to nothing (a key that is missing) it is
 * the place of the nearest thing around it.
 */
export function locate({ document, lines }: YamlFile, path: Path): Place {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const found = step(document, node, part);
    if (!found) return placeAt(lines, offset);
    offset = found.offset;
    node = found.node;
  }
  return placeAt(lines, offset);
}

type Found = { readonly node: Node | null; readonly offset: number };

function step(document: Document.Parsed, node: Node | null, part: string | number): Found | undefined {
  const resolved = isAlias(node) ? (node.resolve(document) ?? null) : node;
  if (isSeq(resolved)) {
    const item = resolved.items[Number(part)];
    return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined;
  }
  if (!isMap(resolved)) return undefined;
  const pair = resolved.items.find(({ key }) => (isScalar(key) ? String(key.value) === String(part) : false));
  if (!pair || !isNode(pair.key)) return undefined;
  return { node: isNode(pair.value) ? pair.value : null, offset: pair.key.range?.[0] ?? 0 };
}
