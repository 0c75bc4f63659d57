/** The work's result, or the error when it takes longer than `withinMs`; late results are dropped. */
export function withinTime<T>(work: Promise<T>, withinMs: number, error: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(error()), withinMs);
    work.then(
      (result) => {
        clearTimeout(timer);
        return resolve(result);
      },
      (failure: unknown) => {
        clearTimeout(timer);
        reject(failure);
      },
    );
  });
}
