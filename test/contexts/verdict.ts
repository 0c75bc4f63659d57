/** What came of it, in two words. */
export function verdict(answer: unknown): unknown {
  const { userId, statusCode, code } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  return userId ?? [statusCode, code];
}
