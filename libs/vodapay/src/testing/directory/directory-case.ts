import type { DirectoryUnderTest } from './directory-under-test.js';

/** One sentence that must hold of every AccountDirectory. */
export interface DirectoryCase {
  readonly title: string;
  /** Parts of the directory or of the set-up without which there is nothing to check. */
  readonly applies?: (given: DirectoryUnderTest<string | number>) => boolean;
  /** Rejects with an AssertionError that says what was expected. */
  readonly check: (given: DirectoryUnderTest<string | number>) => Promise<void>;
}
