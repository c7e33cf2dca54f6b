import type { SourceFile } from './source-file.ts';

/** Every cycle of imports, once, as the path from its first file back to itself. Types count: a cycle of types is as hard to read. */
export function checkCycles(files: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (finished.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) return void cycles.push([...trail.slice(start), path].join(' -> '));
    for (const { target } of byPath.get(path)?.imports ?? []) if (target !== undefined) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}
