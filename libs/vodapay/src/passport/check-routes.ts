import type { ModulesContainer } from '@nestjs/core';
import type { AuthenticationRequirements } from '../login/credentials.js';
import { guardedInstances } from './guards-metadata.js';
import { RouteRules } from './route-rules.js';

/**
 * Judges what every route of the application asks of this instance, so that what can't be met stops the start. Routes that
 * only a global guard protects count where the application has no other instance; otherwise they are judged when asked.
 */
export function checkRoutes(
  modules: ModulesContainer,
  { name, isAlone }: { readonly name: string; readonly isAlone: boolean },
  check: (asks: AuthenticationRequirements) => void,
): void {
  const rules = new RouteRules();
  for (const { owner, method } of routesOf(modules)) {
    const guards = [...guardedInstances(method), ...guardedInstances(owner)];
    if (guards.length === 0 ? !isAlone : !guards.includes(name)) continue;
    const rule = rules.of(method, owner);
    if (rule.kind === 'guarded') judge(rule.asks, check, `${owner.name}.${method.name}`);
  }
}

function judge(asks: AuthenticationRequirements, check: (asks: AuthenticationRequirements) => void, place: string) {
  try {
    check(asks);
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`${place}: ${error.message}`, { cause: error }) : error;
  }
}

interface Route {
  readonly owner: Function;
  readonly method: Function;
}

function* routesOf(modules: ModulesContainer): Generator<Route> {
  for (const { controllers, providers } of modules.values()) {
    for (const { metatype } of [...controllers.values(), ...providers.values()]) {
      if (typeof metatype === 'function') yield* methodsOf(metatype);
    }
  }
}

/** Inherited methods too; a getter is no route, and isn't called. */
function* methodsOf(owner: Function): Generator<Route> {
  for (
    let prototype: unknown = owner.prototype;
    typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as unknown
  ) {
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === 'function') yield { owner, method: value as Function };
    }
  }
}
