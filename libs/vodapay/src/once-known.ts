/**
 * Goes on with a value: at once where it is there, or when its promise is kept. A promise is what has a `then`, of whatever
 * class: an application may replace the global one, and a promise taken for a session would let everybody in.
 */
export function onceKnown<T, R>(value: T | Promise<T>, goOn: (value: T) => R | Promise<R>): R | Promise<R> {
  return isPromise(value) ? value.then(goOn) : goOn(value);
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
