import { stackFrames } from '../errors/stack-frames.js';

/** Class, code and stack frames of what was thrown, without its text, which may hold values. */
export function describeCause(cause: unknown): readonly string[] {
  if (!(cause instanceof Error)) return [`caused by a thrown ${typeof cause}`];
  const code = 'code' in cause ? wordOf(cause.code) : undefined;
  return [`caused by ${[wordOf(cause.name) ?? 'Error', code].filter(Boolean).join(' ')}`, ...stackFrames(cause)];
}

/** Names of classes and codes of drivers are single words; anything else might be a text with values. */
function wordOf(name: unknown): string | undefined {
  return /^\w{1,64}$/.test(String(name)) ? String(name) : undefined;
}
