import { expect, it } from 'vitest';
import { apiSnapshot } from '../../.ci/api-snapshot.js';

const DECLARATIONS = new Map([
  ['index.js', "export { Login } from './login/login.js';\nexport type { Id } from './login/id.js';\n"],
  ['login/id.js', '/** A text. */\nexport type Id = string;\ntype Hidden = number;\n'],
  [
    'login/login.js',
    `import type { Store } from './store.js';
export declare class Login {
    #secret;
    private readonly store;
    constructor(store: Store);
    /** Signs in. */
    login(id: string): Promise<void>;
}
`,
  ],
]);

it('a snapshot of the API holds what an entry point exports, and nothing that no user reaches', () => {
  expect(apiSnapshot('the-package', 'index.js', DECLARATIONS).split('\n\n').slice(2).join('\n\n')).toBe(
    [
      '## Id\n\n```ts\ntype Id = string;\n```\n',
      '## Login\n\n```ts\nclass Login {\n    login(id: string): Promise<void>;\n}\n```\n',
    ].join('\n'),
  );
});

it('an export without a declaration is a mistake, not silence', () => {
  const broken = new Map([...DECLARATIONS, ['login/id.js', '']]);
  expect(() => apiSnapshot('the-package', 'index.js', broken)).toThrow(
    'login/id.js exports Id, but does not declare it',
  );
});
