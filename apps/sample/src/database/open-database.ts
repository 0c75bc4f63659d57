import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrate } from './migrate.js';

/** Connects and brings the tables up to date, before anything else of the application touches them. */
export async function openDatabase(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  try {
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
