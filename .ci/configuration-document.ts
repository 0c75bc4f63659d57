import { optionsTable } from './options-table.js';

/** `docs/configuration.md` as text, from the source of the options. */
export function configurationDocument(source: string): string {
  return `${[...INTRODUCTION, optionsTable(source), ...REST].join('\n')}\n`;
}

const INTRODUCTION = [
  '# Configuration',
  '',
  '<!-- Made from libs/vodapay/src/vodapay.options.ts by `npm run docs`. A test holds the two together. -->',
  '',
  'Options of `VodaPayModule.forRoot` and `forRootAsync`. They are checked once, at the start: a wrong one stops it with a',
  '`TypeError` that names the option, what was expected and what came. From then on they are frozen.',
  '',
];

const REST = [
  '',
  'Beside them, `forRoot` and `forRootAsync` take `isGlobal`, `name` and `dataSource`: several instances in one application are',
  'described in [sessions](sessions.md#several-instances-in-one-application).',
  '',
  'The defaults are exported as `DEFAULTS`, the hosts of `environment` as `VODAPAY_HOSTS`.',
  '',
  '```ts',
  "import { DEFAULTS, VODAPAY_HOSTS } from 'nestjs-vodapay';",
  '',
  'console.log(DEFAULTS.timeoutMs, VODAPAY_HOSTS.sandbox);',
  '```',
];
