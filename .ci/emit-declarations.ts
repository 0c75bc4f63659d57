import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const LIBRARY = fileURLToPath(new URL('../libs/vodapay/', import.meta.url));

/** The declarations (`.d.ts`) that the ES build of the library emits, by path below `src`, with `.js` for their ending. */
export function emitDeclarations(): ReadonlyMap<string, string> {
  const { config } = ts.readConfigFile(join(LIBRARY, 'tsconfig.esm.json'), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, LIBRARY);
  const outDir = join(LIBRARY, 'dist/esm');
  const program = ts.createProgram(fileNames, {
    ...options,
    outDir,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
  });
  const emitted = new Map<string, string>();
  program.emit(undefined, (path, text) => {
    emitted.set(path.slice(outDir.length + 1).replace(/\.d\.ts$/, '.js'), text);
  });
  if (emitted.size === 0) throw new Error(`No declaration came out of ${dirname(LIBRARY)}`);
  return emitted;
}
