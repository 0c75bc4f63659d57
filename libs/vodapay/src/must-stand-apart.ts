import type { SessionScope } from './session/session-scope.js';

/** What tells one instance of the module from another. */
export interface Instance extends SessionScope {
  readonly name: string;
}

/**
 * Two instances of one application need different names, because the name is how the application reaches them, and
 * different (namespace, client id), because that is what keeps their sessions apart (R14). Throws a TypeError.
 */
export function mustStandApart(instance: Instance, others: readonly Instance[]): void {
  for (const other of others) {
    if (other.name === instance.name) {
      throw new TypeError(
        `VodaPayModule: two instances are named "${instance.name}". Give one of them another name, or import the module once.`,
      );
    }
    if (other.clientId === instance.clientId && other.namespace === instance.namespace) {
      throw new TypeError(
        `VodaPayModule: the instances "${instance.name}" and "${other.name}" have the same clientId and namespace, so each ` +
          'would take the sessions of the other. Give one of them a namespace of its own.',
      );
    }
  }
}
