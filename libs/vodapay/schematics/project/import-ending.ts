import type { Project } from './project.js';

/** What relative imports of this application end with: `.js` in ES modules, nothing in CommonJS. */
export function importEnding(project: Project, appModule: string): '' | '.js' {
  const relative = [...project.read(appModule).matchAll(/from\s+['"](\.{1,2}\/[^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  if (relative.length > 0) return relative.some((specifier) => specifier.endsWith('.js')) ? '.js' : '';
  return /"type"\s*:\s*"module"/.test(project.read('package.json')) ? '.js' : '';
}
