import type ts from 'typescript';
import type { Tree } from '../schematic.js';

/** The application that a schematic works on. Reads see what earlier steps wrote. */
export class Project {
  constructor(
    readonly typescript: typeof ts,
    private readonly tree: Tree,
    /** Without a slash at either end. */
    readonly sourceRoot: string,
  ) {}

  exists(path: string): boolean {
    return this.tree.exists(path);
  }

  /** Throws when the file isn't there. */
  read(path: string): string {
    const content = this.tree.read(path);
    if (content === null)
      throw new Error(`nestjs-vodapay: ${path} is not there. Run it in the folder of a Nest application.`);
    return content.toString('utf8');
  }

  parse(path: string): ts.SourceFile {
    return this.typescript.createSourceFile(path, this.read(path), this.typescript.ScriptTarget.Latest, true);
  }

  /** Writes a file unless it says so already. */
  write(path: string, content: string): void {
    if (!this.tree.exists(path)) this.tree.create(path, content);
    else if (this.read(path) !== content) this.tree.overwrite(path, content);
  }

  /** Writes a file that isn't there; what the user has made of an earlier one stays. */
  writeOnce(path: string, content: string): void {
    if (!this.tree.exists(path)) this.tree.create(path, content);
  }

  /** Paths of the TypeScript sources, tests left out. */
  sources(): readonly string[] {
    const paths: string[] = [];
    this.tree.getDir(this.sourceRoot).visit((path) => paths.push(path.replace(/^\//, '')));
    return paths.filter((path) => path.endsWith('.ts') && !/\.(?:d|spec|test|e2e-spec)\.ts$/.test(path)).toSorted();
  }
}
