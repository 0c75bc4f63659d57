import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const DOCUMENTS = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    // docs/api is made with the site and lies in no clone.
    .filter((name) => name.endsWith('.md') && !name.startsWith('api/'))
    .map((name) => `docs/${name}`),
];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('every link of a document leads somewhere', () => {
  it.each(DOCUMENTS)('%s', (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
    const files = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(files.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

describe('every path that ARCHITECTURE.md and CONTRIBUTING.md name exists', () => {
  it.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (document) => {
    const named = [...read(document).matchAll(/`((?:[\w.-]+\/)+(?:[\w.-]+\.[mc]?ts)?)`/g)].map(
      (match) => match[1] ?? '',
    );
    const missing = named.filter(
      (path) =>
        !existsSync(join(root, path)) && !existsSync(join(root, 'libs/vodapay/src', path)) && !path.startsWith('dist/'),
    );
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });
});

it('the README names every variable that the sample reads', () => {
  const source = read('apps/sample/src/environment-variables.ts');
  const variables = [...source.matchAll(/^ {2}readonly ([A-Z_]+)[?!:]/gm)].map((match) => match[1] ?? '');
  expect(variables.filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([]);
  expect(variables.length).toBeGreaterThan(8);
});

describe('every TypeScript example compiles', () => {
  const fences = DOCUMENTS.flatMap((document) =>
    [...read(document).matchAll(/```ts\n([\s\S]*?)```/g)].map(
      (match, index) => [document, index + 1, match[1] ?? ''] as const,
    ),
  );

  it('those of all documents, under the settings of the repository', () => {
    expect(fences.length).toBeGreaterThan(0);
    const examples = new Map(fences.map(([document, number, text]) => [exampleFile(document, number), text]));
    expect(compile(examples)).toEqual([]);
  }, 60_000);

  it('and an example that is wrong is seen', () => {
    const wrong = `import { VodaPayModule } from 'nestjs-vodapay';\nVodaPayModule.forRoot({ clientID: 'x' });`;
    expect(compile(new Map([[join(root, 'apps/sample/src/wrong-example.ts'), wrong]]))).not.toEqual([]);
  }, 60_000);
});

/** Examples count as files of the sample, so that its own module finds its neighbours. */
function exampleFile(document: string, number: number): string {
  return join(root, 'apps/sample/src', `example-${document.replaceAll('/', '-')}-${number}.ts`);
}

/** What the compiler says about these files, which exist only here. */
function compile(examples: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const given = { fileExists: host.fileExists, readFile: host.readFile, getSourceFile: host.getSourceFile };
  host.fileExists = (path) => examples.has(path) || given.fileExists(path);
  host.readFile = (path) => examples.get(path) ?? given.readFile(path);
  host.getSourceFile = (path, settings, ...rest) => {
    const text = examples.get(path);
    return text === undefined
      ? given.getSourceFile(path, settings, ...rest)
      : ts.createSourceFile(path, text, settings);
  };
  const program = ts.createProgram([...examples.keys()], { ...options, noUnusedLocals: false }, host);
  return [...examples.keys()]
    .map((path) => program.getSourceFile(path))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
