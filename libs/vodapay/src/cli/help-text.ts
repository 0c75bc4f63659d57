import type { Command } from './command.js';

/** What `--help` prints: all commands, or the options of one. */
export function helpText(commands: Readonly<Record<string, Command>>, name?: string): string {
  const command = name === undefined ? undefined : commands[name];
  if (name !== undefined && command !== undefined) {
    return [`nestjs-vodapay ${name}: ${command.says}`, '', ...optionLines(command)].join('\n');
  }
  return [
    'Usage: nestjs-vodapay <command> [options]',
    '',
    ...Object.entries(commands).flatMap(([each, { says }]) => `  ${each.padEnd(8)} ${says}`),
    '',
    'nestjs-vodapay <command> --help lists its options. Exit code: 0 in order, 1 something is wrong, 2 wrong usage.',
  ].join('\n');
}

function optionLines({ options }: Command): readonly string[] {
  const rows = Object.entries(options).map(
    ([option, { value, says }]) => [`--${option}${value === undefined ? '' : ` <${value}>`}`, says] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, says]) => `  ${left.padEnd(width)}  ${says}`);
}
