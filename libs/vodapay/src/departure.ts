/** Tells when the client of a request has left: calls back once it does, and returns what ends the listening. */
export type Departure = (gone: () => void) => () => void;

/** Runs the work with a signal that is aborted when the client leaves. Costs nothing where nobody can leave. */
export async function whilePresent<T>(
  departure: Departure | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (departure === undefined) return work(undefined);
  const controller = new AbortController();
  const stopListening = departure(() => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
