import { runCommandLine } from '../../libs/vodapay/src/cli/run-command-line.js';

export interface ProgramRun {
  readonly code: number;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

interface Around {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Of the clock that the program sees, in milliseconds. */
  readonly clockOffsetMs?: number;
}

/** Runs `nestjs-vodapay <args>` in this process, with an environment of its own. */
export async function runProgram(
  args: readonly string[],
  { environment = {}, input = '', clockOffsetMs = 0 }: Around = {},
): Promise<ProgramRun> {
  const [lines, errors]: [string[], string[]] = [[], []];
  const code = await runCommandLine(args, {
    environment,
    out: (line) => void lines.push(...line.split('\n')),
    error: (line) => void errors.push(...line.split('\n')),
    input: async () => input,
    now: () => Date.now() + clockOffsetMs,
  });
  return { code, lines, errors };
}
