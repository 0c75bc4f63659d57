import type { TestProject } from 'vitest/node';
import { MariadbServer } from './mariadb-server.js';

/** Vitest's globalSetup of the runs that have an installed MariaDB: one private server for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await MariadbServer.create();
  try {
    await server.start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  project.provide('mariadbUrl', server.url);
  project.provide('databaseKinds', ['sqlite', 'postgres', 'mariadb']);
  return () => server.remove();
}
