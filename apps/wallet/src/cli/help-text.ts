import { SETTINGS, type Setting } from './settings-table.js';

/** What `--help` prints. */
export function helpText(): string {
  const rows = SETTINGS.map((setting) => [usageOf(setting), setting.says, setting.variable] as const);
  const width = Math.max(...rows.map(([usage]) => usage.length));
  const lines = rows.map(
    ([usage, says, variable]) => `  ${usage.padEnd(width)}  ${says}\n${' '.repeat(width + 4)}${variable}`,
  );
  return [
    'A VodaPay wallet for your own machine: checks every request to the byte, says what is wrong with it, answers signed.',
    '',
    'Usage: nestjs-vodapay-wallet --client-id <id> --merchant-key <file> [options]',
    '',
    ...lines,
    `  ${'--help, --version'.padEnd(width)}  this text; the version`,
    '',
    'Each option can be given as the environment variable below it; the option wins.',
    "The wallet's public key, which your server verifies answers with: GET /public-key on the control port.",
  ].join('\n');
}

function usageOf({ flag, value }: Setting): string {
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`;
}
