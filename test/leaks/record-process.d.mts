export type OutputKind = 'stdout' | 'stderr' | 'console' | 'log' | 'log event' | 'error' | 'answer';

/** Adds a piece of what the programs said to the recording of this run. */
export function recordOutput(kind: OutputKind, text: string): void;

/** Adds a value that nothing said may contain; see `record-secret.ts`. */
export function recordSecret(kind: string, value: string): void;
