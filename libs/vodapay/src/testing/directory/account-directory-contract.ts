import { ACCOUNT_CASES } from './account-cases.js';
import type { DirectoryUnderTest } from './directory-under-test.js';
import { IDENTITY_CASES } from './identity-cases.js';

/** What the contract needs of a test framework: Vitest, Jest and node:test all have it. */
export interface TestFramework {
  readonly describe: (title: string, define: () => void) => unknown;
  readonly it: (title: string, check: () => Promise<void>) => unknown;
}

/**
 * Holds a merchant's AccountDirectory against what the library relies on, a test a sentence. A sentence about an optional
 * method that the directory lacks, or for which the set-up gives no means, passes unchecked.
 *
 * @param open gives the directory for one case, on the merchant's own database where it has one
 *
 * @example
 * accountDirectoryContract({ describe, it }, 'AccountsService', async () => ({ accounts: app.get(AccountsService) }));
 */
export function accountDirectoryContract<Id extends string | number = string>(
  { describe, it }: TestFramework,
  name: string,
  open: () => Promise<DirectoryUnderTest<Id>>,
): void {
  describe(`${name} keeps the contract of AccountDirectory`, () => {
    for (const { title, applies, check } of [...ACCOUNT_CASES, ...IDENTITY_CASES]) {
      it(title, async () => {
        const given = (await open()) as unknown as DirectoryUnderTest<string | number>;
        try {
          if (applies?.(given) ?? true) await check(given);
        } finally {
          await given.close?.();
        }
      });
    }
  });
}
