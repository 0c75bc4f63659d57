import express from 'express';
import pg from 'pg';
import { beMeasured } from './be-measured.mjs';

/** Where a peer runs in its lean form: plain Express and a pool, so that it is charged for neither Nest nor TypeORM. */
export function peerApplication(databaseUrl) {
  const app = express();
  app.use(express.json());
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
  return {
    app,
    pool,
    /** A route that answers with what the work gives, as JSON. */
    answer: (work) => (request, response, next) => {
      work(request).then((body) => response.json(body), next);
    },
    listen: () => {
      const server = app.listen(0, '127.0.0.1', () => beMeasured(`http://127.0.0.1:${server.address().port}`));
    },
  };
}
