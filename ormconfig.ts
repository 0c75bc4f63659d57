import { DataSource } from 'typeorm';
import { dataSourceOptions } from './apps/sample/src/database/data-source-options.js';

/** The sample's database for TypeORM's own command line, as in `tsx node_modules/typeorm/cli.js migration:show -d ormconfig.ts`. */
export default new DataSource(dataSourceOptions(process.env['DATABASE_URL'] ?? 'sqlite:.data/sample.sqlite'));
