import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { findImportCycle, type ImportGraph } from './find-import-cycle.js';
import { IMPORT_RULES, LIBRARY_NAME, LIBRARY_PARTS, type ImportRule } from './import-rules.js';
import { readImports, type FoundImport } from './read-imports.js';

export interface Breach {
  /** `libs/vodapay/src/protocol/x.ts:3`, from the repository's root. */
  readonly place: string;
  readonly reason: string;
}

const LIBRARY = 'libs/vodapay/src';
const PROGRAMS = ['apps/sample', 'apps/sample/web', 'apps/wallet'];
const SOURCE_FILE = /\.(?:ts|mts|cts|js|mjs|cjs)$/;

/** Every import below the repository's root that goes against `IMPORT_RULES`, and every import cycle in the library. */
export function findBreaches(root: string): readonly Breach[] {
  const files = [LIBRARY, ...PROGRAMS.map((program) => `${program}/src`)].flatMap((folder) =>
    sourceFiles(root, folder),
  );
  const breaches: Breach[] = [];
  const graph: ImportGraph = new Map();
  for (const file of files) {
    const part = partOf(file);
    const rule = part === undefined ? undefined : IMPORT_RULES[part];
    if (part === undefined || rule === undefined) {
      breaches.push({ place: file, reason: `the part "${part ?? file}" has no rule: add it to import-rules.ts` });
      continue;
    }
    const imports = readImports(file, readFileSync(join(root, file), 'utf8'));
    for (const found of imports) {
      for (const reason of reasonsAgainst(file, part, rule, found)) {
        breaches.push({ place: `${file}:${found.line}`, reason });
      }
    }
    breaches.push(...barrelBreach(file, imports));
    graph.set(file, runTimeTargets(file, imports));
  }
  const cycle = findImportCycle(graph);
  if (cycle !== undefined) breaches.push({ place: cycle[0] ?? '', reason: `import cycle: ${cycle.join(' → ')}` });
  return breaches;
}

function sourceFiles(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => SOURCE_FILE.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .toSorted();
}

/** The name under which `IMPORT_RULES` knows a file. */
function partOf(file: string): string | undefined {
  const program = PROGRAMS.find((name) => file.startsWith(`${name}/src/`));
  if (program !== undefined) return program;
  if (!file.startsWith(`${LIBRARY}/`)) return undefined;
  const inside = file.slice(LIBRARY.length + 1);
  const [folder = '', ...rest] = inside.split('/');
  return rest.length > 0 ? folder : (LIBRARY_PARTS[inside] ?? 'wiring');
}

function reasonsAgainst(file: string, part: string, rule: ImportRule, found: FoundImport): readonly string[] {
  const reasons = found.exportsEverything ? ['`export *` hides what is public: name each export'] : [];
  const reason = found.specifier.startsWith('.')
    ? relativeReason(file, part, rule, found)
    : packageReason(part, rule, found.specifier);
  return reason === undefined ? reasons : [...reasons, reason];
}

function relativeReason(file: string, part: string, rule: ImportRule, found: FoundImport): string | undefined {
  const target = targetOf(file, found.specifier);
  const targetPart = partOf(target);
  if (targetPart === undefined) return `${part} reaches outside its own sources: ${target}`;
  if (targetPart === part || rule.uses.includes(targetPart)) return undefined;
  if (found.typeOnly && rule.typesOf.includes(targetPart)) return undefined;
  const kind = rule.typesOf.includes(targetPart) ? 'may import only types of' : 'must not import';
  return `${part} ${kind} ${targetPart}: ${target}`;
}

function packageReason(part: string, rule: ImportRule, specifier: string): string | undefined {
  const isLibrary = specifier === LIBRARY_NAME || specifier.startsWith(`${LIBRARY_NAME}/`);
  if (isLibrary && part !== 'apps/sample') return `${part} must not import ${specifier}`;
  if (specifier === '(computed)') return `${part} imports something that is computed at run time`;
  if (rule.packages === 'any') return undefined;
  const allowed = rule.packages.some(
    (name) => specifier === name || (/[:/]$/.test(name) && specifier.startsWith(name)),
  );
  return allowed ? undefined : `${part} must not import ${specifier}`;
}

/** A file inside a folder that does nothing but re-export others. */
function barrelBreach(file: string, imports: readonly FoundImport[]): readonly Breach[] {
  const isInside = file.startsWith(`${LIBRARY}/`) && file !== `${LIBRARY}/index.ts`;
  return isInside && imports.length > 0 && /(?:^|\/)index\.[cm]?[jt]s$/.test(file)
    ? [{ place: file, reason: 'a barrel inside the library: import the file itself' }]
    : [];
}

function runTimeTargets(file: string, imports: readonly FoundImport[]): readonly string[] {
  return imports
    .filter((found) => !found.typeOnly && found.specifier.startsWith('.'))
    .map((found) => targetOf(file, found.specifier));
}

/** The source file behind `./x.js`, from the repository's root. */
function targetOf(file: string, specifier: string): string {
  const path = relative('/', resolve('/', dirname(file), specifier))
    .split(sep)
    .join('/');
  return path.replace(/\.js$/, '.ts');
}
