/** A links table for the lean form of a peer, and the cheapest way to read and write it: one prepared statement each. */
export async function peerLinks(pool, name) {
  const table = `peer_${name}`;
  await pool.query(`CREATE TABLE IF NOT EXISTS ${table} (user_id text PRIMARY KEY, account_id text NOT NULL)`);
  await pool.query(
    `CREATE TABLE IF NOT EXISTS ${table}_session (id bigserial PRIMARY KEY, token text, account_id text)`,
  );
  return {
    accountOf: async (userId) => {
      const { rows } = await pool.query({
        name: `${table}_find`,
        text: `SELECT account_id FROM ${table} WHERE user_id = $1`,
        values: [userId],
      });
      return rows[0]?.account_id ?? firstLogin(pool, table, userId);
    },
    openSession: (token, accountId) =>
      pool.query({
        name: `${table}_open`,
        text: `INSERT INTO ${table}_session (token, account_id) VALUES ($1, $2)`,
        values: [token, accountId],
      }),
  };
}

async function firstLogin(pool, table, userId) {
  const accountId = `account-${userId}`;
  await pool.query(`INSERT INTO ${table} VALUES ($1, $2) ON CONFLICT DO NOTHING`, [userId, accountId]);
  return accountId;
}
