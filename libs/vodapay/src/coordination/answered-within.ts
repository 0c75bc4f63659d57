/**
 * The answer, unless it takes longer than that. An answer that has arrived while this process was busy counts: the loop is
 * let round once more before it is given up.
 */
export function answeredWithin<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => setImmediate(() => reject(new Error('No answer in time.'))), ms);
    answer.finally(() => clearTimeout(late)).then(resolve, reject);
  });
}
