import type { SourceFile } from './source-file.ts';

const CATALOG = 'shared/tasks/catalog.ts';

/** Every task file that the catalog does not list, and every task whose id is not its file's name. A task is a file that exports a value of the type `Task`. */
export function checkTasks(files: readonly SourceFile[]): readonly string[] {
  const listed = new Set(files.find(({ path }) => path === CATALOG)?.imports.map(({ target }) => target));
  const tasks = files.filter(({ path, text }) => path.startsWith('shared/tasks/') && /^export const \w+: Task</m.test(text));
  return tasks.flatMap(({ path, text }) => {
    const id = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);
    const problems = listed.has(path) ? [] : [`${path} is not listed in ${CATALOG}.`];
    return text.includes(`id: '${id}'`) ? problems : [...problems, `${path} must have the id '${id}', as its name.`];
  });
}
