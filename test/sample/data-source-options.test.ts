import { describe, expect, it } from 'vitest';
import { dataSourceOptions } from '../../apps/sample/src/database/data-source-options.js';

describe('DATABASE_URL', () => {
  it.each([
    ['sqlite:.data/shop.sqlite', '.data/shop.sqlite'],
    ['sqlite:/var/lib/shop.sqlite', '/var/lib/shop.sqlite'],
    ['sqlite:///var/lib/shop.sqlite', '/var/lib/shop.sqlite'],
    ['SQLite:shop.sqlite', 'shop.sqlite'],
  ])('%s opens the file %s', (url, database) => {
    expect(dataSourceOptions(url)).toMatchObject({ type: 'better-sqlite3', database, enableWAL: true, timeout: 100 });
  });

  it.each(['postgres://me:pw@db:5432/shop', 'postgresql://db/shop'])('%s is PostgreSQL', (url) => {
    expect(dataSourceOptions(url)).toMatchObject({ type: 'postgres', url });
  });

  it('mariadb://… is MariaDB, with times in UTC', () => {
    const url = 'mariadb://me:pw@db/shop';
    expect(dataSourceOptions(url)).toMatchObject({ type: 'mariadb', url, timezone: 'Z', charset: 'utf8mb4' });
  });

  it.each([
    '',
    'shop.sqlite',
    'sqlite:',
    'sqlite://',
    'mysql://db/shop',
    'mongodb://db/shop',
    'postgres:shop',
    'postgres://db',
    'constructor:x',
  ])('refuses "%s" and names the variable', (url) => {
    expect(() => dataSourceOptions(url)).toThrow(/^DATABASE_URL must/);
  });
});
