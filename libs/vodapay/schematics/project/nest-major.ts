import type { Project } from './project.js';

export type NestMajor = 11 | 12;

/** The major version of Nest that package.json asks for; the newest where it can't be told. */
export function nestMajor(project: Project): NestMajor {
  const [, major] = /"@nestjs\/core"\s*:\s*"[^\d"]*(\d+)/.exec(project.read('package.json')) ?? [];
  return major === '11' ? 11 : 12;
}
