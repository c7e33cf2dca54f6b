import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';

/** A place in a file; line and column count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A YAML file as it was read: its value, and the node tree in which places are found. `name` is what messages call it. */
export type YamlFile = {
  readonly name: string;
  readonly value: unknown;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** What the YAML parser itself objected to; where there is anything, `value` is undefined. */
  readonly mistakes: readonly (Place & { readonly message: string })[];
};

/** Reads a YAML 1.2 file (core schema: dates and `no` are text). Throws what the file system throws. */
export function readYaml(path: string, name: string): YamlFile {
  return yamlFrom(readFileSync(path, 'utf8'), name);
}

/** Reads YAML from text. */
export function yamlFrom(text: string, name: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', schema: 'core' });
  const mistakes = document.errors.map((error) => ({ ...placeAt(lines, error.pos[0]), message: `is not YAML: ${error.message}` }));
  return { name, value: mistakes.length === 0 ? document.toJS() : undefined, document, lines, mistakes };
}

/** The place of a character of the file. */
export function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
