import { addAccountDirectory } from './project/add-account-directory.js';
import { findAppModule } from './project/app-module.js';
import { importEnding } from './project/import-ending.js';
import { Project } from './project/project.js';
import { loadTypeScript } from './source/load-typescript.js';
import type { Rule, SchematicOptions } from './schematic.js';

/** `nest g -c nestjs-vodapay account-directory`: the AccountDirectory over the application's own user entity. */
export function accountDirectory({ sourceRoot = 'src' }: SchematicOptions): Rule {
  return (tree, { logger }) => {
    const project = new Project(loadTypeScript(process.cwd()), tree, sourceRoot.replaceAll(/^\/|\/$/g, ''));
    const { entity, parts } = addAccountDirectory(project, importEnding(project, findAppModule(project).path));
    logger.info(`The accounts are rows of ${entity.className} (${entity.path}).`);
    for (const { property, name } of parts) logger.info(`Add ${name} to ${property} of TypeORM's options.`);
    return tree;
  };
}
