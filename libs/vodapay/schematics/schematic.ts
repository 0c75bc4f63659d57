/** What a schematic needs of the devkit's Tree. Named by its shape, so that nothing of @angular-devkit is imported. */
export interface Tree {
  exists(path: string): boolean;
  read(path: string): { toString(encoding: 'utf8'): string } | null;
  create(path: string, content: string): void;
  overwrite(path: string, content: string): void;
  getDir(path: string): Folder;
}

interface Folder {
  visit(visitor: (path: string) => void): void;
}

/** What a schematic needs of the devkit's context. */
export interface SchematicContext {
  readonly logger: { info(message: string): void; warn(message: string): void };
  addTask(task: Task): unknown;
}

interface Task {
  toConfiguration(): { readonly name: string; readonly options: object };
}

export type Rule = (tree: Tree, context: SchematicContext) => Tree;

export interface SchematicOptions {
  /** Default `src`. */
  readonly sourceRoot?: string;
  readonly skipInstall?: boolean;
}
