import { readFileSync } from 'node:fs';

/** A parameter of an operation (OpenAPI 3.1, Parameter Object). */
export type ContractParameter = { readonly name: string; readonly in: 'query' | 'path'; readonly schema?: { readonly type?: string } };

/** A JSON Schema as far as this folder reads it itself; validation reads all of it. */
export type ContractSchema = {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, ContractSchema>>;
  readonly items?: ContractSchema;
  readonly 'x-baseOf'?: readonly string[];
};

/** A body by media type. */
export type ContractContent = { readonly content?: Readonly<Record<string, { readonly schema?: ContractSchema }>> };

/** An operation (OpenAPI 3.1, Operation Object). */
export type ContractOperation = {
  readonly parameters?: readonly ContractParameter[];
  readonly requestBody?: ContractContent & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, ContractContent>>;
  readonly 'x-idWritable'?: boolean;
  /** Application permissions: the least ones, and all that serve (https://learn.microsoft.com/graph/permissions-reference). */
  readonly 'x-permissions-application'?: { readonly least: readonly string[]; readonly all: readonly string[] };
};

/** The subset of Microsoft Graph v1.0 that the sandbox speaks. */
export type ContractDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ContractSchema>> };
};

let loaded: ContractDocument | undefined;

/** Reads `graph-subset.json` once. Its sources are named in its own `info`. */
export function contractDocument(): ContractDocument {
  // The file is a fixed part of the project, so its shape needs no check at run time.
  loaded ??= JSON.parse(readFileSync(new URL('graph-subset.json', import.meta.url), 'utf8')) as ContractDocument;
  return loaded;
}
