import { z } from 'zod';
import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { keyed } from '../../domain/schema/keyed.ts';
import type { MailTemplate } from '../config.ts';
import type { ProblemList } from '../problem-list.ts';
import { yamlFrom } from '../yaml/yaml-file.ts';
import type { ConfigFolder } from './config-folder.ts';

const header = keyed({ subject: z.string().min(1) });

/** The variables that mails are given: the person's display name, work address, hire date and last day, the help desk's address, the link to a pass, and the page of what is held. */
const mailVariables: readonly string[] = ['name', 'address', 'hireDate', 'lastDay', 'helpDesk', 'link', 'holds'];

type TemplateFile = ReturnType<ConfigFolder['texts']>[number];

/** mail/: the templates by their ids. A template begins with a header between two lines of `---` that gives its subject; the rest is Liquid. */
export function loadMail(folder: ConfigFolder, problems: ProblemList): Readonly<Record<string, MailTemplate>> {
  return Object.fromEntries(
    folder
      .texts('mail', '.liquid')
      .flatMap((file) => templateOf(file, problems) ?? [])
      .map((template) => [template.id, template]),
  );
}

function templateOf({ id, name, text }: TemplateFile, problems: ProblemList): MailTemplate | undefined {
  const match = /^---\r?\n(?<head>[\s\S]*?\n)---\r?\n(?<body>[\s\S]*)$/.exec(text);
  if (!match?.groups) {
    problems.addAt({ file: name, line: 1, column: 1, path: '', message: 'must begin with a header: ---, subject: …, ---' });
    return undefined;
  }
  // A blank line for the first ---, so that the header keeps its line numbers.
  const parsed = problems.parse(yamlFrom(`\n${match.groups['head'] ?? ''}`, name), header);
  const variables = [...new Set([...text.matchAll(/\{\{-?\s*([A-Za-z_][\w.]*)/g)].map(([, variable = '']) => variable))];
  for (const variable of variables.filter((one) => !mailVariables.includes(one)))
    problems.addAt({ file: name, ...placeOf(text, variable), path: '', message: unknownVariable(variable) });
  return parsed && { id, subject: parsed.subject, body: match.groups['body'] ?? '', variables };
}

function unknownVariable(variable: string): string {
  return `there is no variable "${variable}".${didYouMean(variable, mailVariables)} Variables: ${mailVariables.join(', ')}`;
}

function placeOf(text: string, variable: string): { readonly line: number; readonly column: number } {
  const before = text.slice(0, text.search(new RegExp(`\\{\\{-?\\s*${variable.replaceAll('.', '\\.')}`))).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
