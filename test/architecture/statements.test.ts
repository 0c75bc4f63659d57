import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const LIBRARY = fileURLToPath(new URL('../../libs/vodapay/src', import.meta.url));
/** TypeORM's ways that build a statement at each call, and its `save`, which reads before it writes. */
const BUILT_AT_EACH_CALL = /\.(?:findOne\w*|findBy|findAndCount\w*|save|upsert|createQueryBuilder)\(/;

it('the library asks the database by statements written once: nothing is found or saved through TypeORM', () => {
  const sources = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(100);
  const places = sources.flatMap((name) =>
    readFileSync(join(LIBRARY, name), 'utf8')
      .split('\n')
      .flatMap((line, index) => (BUILT_AT_EACH_CALL.test(line) ? [`${name}:${index + 1}`] : [])),
  );
  expect(places).toEqual([]);
});
