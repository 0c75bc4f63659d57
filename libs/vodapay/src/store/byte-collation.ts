/** What a text column needs on this kind of database so that `o1`, `O1` and `o1 ` are three different texts. */
export function byteCollation(type: string): { readonly charset?: string; readonly collation?: string } {
  return BYTE_COLLATIONS[type] ?? {};
}

/** PostgreSQL and SQLite compare bytes by default. */
const BYTE_COLLATIONS: Readonly<Record<string, { readonly charset: string; readonly collation: string }>> = {
  mariadb: { charset: 'utf8mb4', collation: 'utf8mb4_nopad_bin' },
  mysql: { charset: 'utf8mb4', collation: 'utf8mb4_0900_bin' },
};
