import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';

const ROOT = dirname(dirname(import.meta.dirname));
const label = z.object({ span: z.object({ line: z.number() }) });
const diagnostic = z.object({ code: z.string().optional(), filename: z.string(), labels: z.array(label) });
const report = z.object({ diagnostics: z.array(diagnostic) });

/** A finding of oxlint: the rule without its plugin, and where; lines count from 1, and 0 is the file as a whole. */
export type Finding = { readonly rule: string; readonly file: string; readonly line: number };

/**
 * What the real oxlint, with the project's own settings, says of a checkout that holds only `sources` (path to text).
 * The checkout is a temporary folder, gone afterwards.
 */
export async function lintPlanted(sources: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-lint-'));
  try {
    for (const settings of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) copyFileSync(join(ROOT, settings), join(folder, settings));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { diagnostics } = report.parse(
      JSON.parse(await runOxlint(folder, [...new Set(Object.keys(sources).map((path) => path.split('/')[0] ?? path))])),
    );
    return diagnostics.map(({ code, filename, labels }) => ({ rule: ruleOf(code), file: filename, line: labels[0]?.span.line ?? 0 }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOxlint(cwd: string, paths: readonly string[]): Promise<string> {
  const args = [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--format', 'json', ...paths];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`oxlint gave no report: ${stderr || stdout || (error?.message ?? '')}`));
    });
  });
}

// "eslint-plugin-import(no-cycle)" -> "no-cycle"
function ruleOf(code = ''): string {
  return /\(([^)]+)\)$/.exec(code)?.[1] ?? code;
}
