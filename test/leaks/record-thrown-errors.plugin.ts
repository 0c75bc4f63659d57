import type { Plugin } from 'vite';

const ERRORS_FILE = /\/libs\/vodapay\/src\/errors\/vodapay-error\.ts$/;

/**
 * Lets the tests see every `VodaPayError` that is made, also those that are caught: the class is wrapped as it is loaded,
 * so production code needs no hook. `record-everything.test.ts` fails if this stops working.
 */
export function recordThrownErrors(): Plugin {
  return {
    name: 'record-thrown-errors',
    enforce: 'pre',
    transform(code, id) {
      return ERRORS_FILE.test(id) ? `${code}\n${WRAP}` : undefined;
    },
  };
}

const WRAP = `
// @ts-ignore: a class binding may be set again at run time.
VodaPayError = new Proxy(VodaPayError, {
  construct(target, args, newTarget) {
    const error = Reflect.construct(target, args, newTarget);
    globalThis[Symbol.for('test.record-error')]?.(error);
    return error;
  },
});
`;
