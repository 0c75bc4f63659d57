import type { ColumnOptions } from 'typeorm';

/** Column options of a time in epoch milliseconds; PostgreSQL and MariaDB give bigints back as text. */
export const EPOCH_MS: ColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: unknown) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
};
