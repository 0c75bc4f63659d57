/** The work's result, or the error when it takes longer than `withinMs`; late results are dropped. */
export async function withinTime<T>(work: Promise<T>, withinMs: number, error: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
