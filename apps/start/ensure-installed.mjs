// Runs `npm ci` when node_modules is not what package-lock.json says. No dependencies: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const reason = whyNotInstalled(ROOT);
if (reason !== undefined) {
  console.log(`Installing the dependencies: ${reason}.`);
  process.exitCode = install(ROOT);
}

/** The first difference between the lockfile and what npm noted in node_modules, in words; undefined for none. */
function whyNotInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing or not readable.');
  if (present === undefined) return 'node_modules is missing or incomplete';
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith('node_modules/'))
    .map(([path, locked]) => differenceOf(root, path, locked, present[path]))
    .find((difference) => difference !== undefined);
}

/** A package for another platform is optional, and rightly absent. */
function differenceOf(root, path, locked, installed) {
  if (installed === undefined && locked.optional === true) return undefined;
  if (installed === undefined || !existsSync(join(root, path))) return `${path} is missing`;
  const same = locked.version === installed.version && locked.integrity === installed.integrity;
  return same ? undefined : `${path} is not the locked version`;
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm names its own program in `npm_execpath`; NODE_ENV=production must not leave out what the build needs. */
function install(root) {
  const npm = process.env.npm_execpath;
  const [program, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const { status, error } = spawnSync(program, [...args, 'ci', '--include=dev'], {
    cwd: root,
    stdio: 'inherit',
    shell: npm === undefined && process.platform === 'win32',
  });
  if (error !== undefined) console.error(`npm ci did not run (${error.code}). Is npm on the PATH?`);
  return status ?? 1;
}
