import type { ColumnOptions } from 'typeorm';

/** Column options of a time in epoch milliseconds; PostgreSQL and MariaDB give bigints back as text. */
export const EPOCH_MS_COLUMN: ColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: unknown) => value,
    from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
  },
};
