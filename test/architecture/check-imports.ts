import { roomOf } from './rooms.ts';
import type { Room } from './rooms.ts';
import type { Import, SourceFile } from './source-file.ts';

/** Every import that the table of rooms does not allow, as a sentence that names the file and what to do about it. */
export function checkImports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) return [`${file.path} is in no room of the table; see docs/architecture.md.`];
    return file.imports.flatMap((given) =>
      problemsOf(file.path, room, given).map((problem) => `${file.path} imports ${given.specifier}: ${problem}`),
    );
  });
}

function problemsOf(path: string, room: Room, given: Import): readonly string[] {
  if (!room.imports) return [];
  return given.target === undefined
    ? packageProblems(room, given.specifier)
    : fileProblems(path, room, { target: given.target, isTypeOnly: given.isTypeOnly });
}

function packageProblems({ name, packages, never }: Room, specifier: string): readonly string[] {
  const isNamed = (list: readonly string[]): boolean =>
    list.some((entry) => specifier === entry || specifier.startsWith(entry.endsWith(':') ? entry : `${entry}/`));
  const isAllowed = packages ? isNamed(packages) : !isNamed(never ?? []);
  return isAllowed ? [] : [`this package is not for ${name}.`];
}

function fileProblems(
  path: string,
  room: Room,
  { target, isTypeOnly }: { readonly target: string; readonly isTypeOnly: boolean },
): readonly string[] {
  const other = roomOf(target);
  if (!other) return ['there is no such room.'];
  if (other.name === room.name) return room.name === 'connectors' ? connectorProblems(path, target) : [];
  const allowed = room.imports ?? [];
  if (allowed.includes(other.name)) return [];
  if (room.types?.includes(other.name)) return isTypeOnly ? [] : [`${room.name} may import types only from ${other.name}.`];
  return [`${room.name} may import only ${[...allowed, ...(room.types ?? [])].join(', ') || 'nothing of the product'}.`];
}

function connectorProblems(path: string, target: string): readonly string[] {
  const [own, other] = [path, target].map((file) => file.split('/')[2]);
  return own === other || other === 'http' ? [] : ['a connector never imports another; what they share is in connectors/http.'];
}
