import type { Facts } from './facts.js';
import { fine, problem, type Finding } from './finding.js';

interface Cause {
  readonly says: string;
  readonly next: string;
}

const WRONG_LOGIN: Cause = {
  says: 'refuses the user or the password of DATABASE_URL',
  next: 'Correct them. In a URL, characters such as @ : / of a password are percent-encoded.',
};
const NO_DATABASE: Cause = {
  says: 'has no database of the name that DATABASE_URL gives',
  next: 'Make it, or correct it.',
};

const CAUSES: Readonly<Record<string, Cause>> = {
  '28P01': WRONG_LOGIN,
  '28000': WRONG_LOGIN,
  ER_ACCESS_DENIED_ERROR: WRONG_LOGIN,
  '3D000': NO_DATABASE,
  ER_BAD_DB_ERROR: NO_DATABASE,
};

export function checkDatabase({ database }: Facts): readonly Finding[] {
  switch (database?.state) {
    case undefined:
      return [];
    case 'wrong-url':
      return [problem(`DATABASE_URL ${database.reason}.`, 'It is sqlite:<path>, postgres://… or mariadb://…')];
    case 'no-file':
      return [
        problem(`DATABASE_URL names a SQLite file that is not there: ${database.file}`, 'Run the migrations first.'),
      ];
    case 'no-driver':
      return [problem(`The driver of DATABASE_URL is not installed: ${database.packageName}.`, 'npm install it.')];
    case 'unreachable': {
      const { code } = database;
      const { says, next } = CAUSES[code] ?? {
        says: 'of DATABASE_URL cannot be reached',
        next: 'Is it running, and reachable from here?',
      };
      return [problem(`The database ${says} (${code}).`, next)];
    }
    case 'open':
      return [tables(database.missing)];
  }
}

function tables(missing: readonly string[]): Finding {
  if (missing.length === 0) return fine("The database has the library's tables.");
  return problem(
    `Migrations of VODAPAY_MIGRATIONS are not applied to the database: ${missing.join(', ')} missing.`,
    'Add VODAPAY_MIGRATIONS to your DataSource and run typeorm migration:run.',
  );
}
