import 'reflect-metadata';
import { VODAPAY_ENTITIES } from '../../../libs/vodapay/src/vodapay.entities.js';
import { VODAPAY_MIGRATIONS } from '../../../libs/vodapay/src/vodapay.migrations.js';
import { retryTransient } from '../../../libs/vodapay/src/store/retry-transient.js';
import { dataSourceFor } from '../database-url.js';
import { migrate } from '../../../apps/sample/src/database/migrate.js';

const { url } = JSON.parse(process.argv[2] ?? '') as { readonly url: string };
const dataSource = dataSourceFor(url, { entities: [...VODAPAY_ENTITIES], migrations: [...VODAPAY_MIGRATIONS] });
await retryTransient(() => dataSource.initialize());
await migrate(dataSource);
await dataSource.destroy();
